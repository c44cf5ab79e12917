// Reads vitest's JSON report and prints the plain closing line that a CI reads: `N passed, N failed`, and `, N skipped` where there are some.
import { readFileSync } from 'node:fs';

/** A file that could not be loaded has no tests, and errors outside of tests belong to none: each counts as a failure. */
function closingLine(report) {
  const skipped = report.numPendingTests + report.numTodoTests;
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  const unexplained = !report.success && failed === 0 ? 1 : 0;
  return `${report.numPassedTests} passed, ${failed + unexplained} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, success: false, testResults: [] };
  }
}

process.stdout.write(`${closingLine(readReport(process.argv[2]))}\n`);
