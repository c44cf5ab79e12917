import type { SecretLintRuleCreator } from '@secretlint/types';

/**
 * Runs the scanners of secretlint's recommended preset on a text, and tells the id of the first rule that reports.
 *
 * The rules are driven here, not through `@secretlint/core`: its profiler keeps an entry for every step of every run
 * and searches them all at each, so that time grows with the square of the number of values. It would also
 * obey `secretlint-disable` comments inside a value. Rules read a file only when they are told a path; they get none,
 * and what they say of a match, which quotes it, is not kept.
 */
export async function loadSecretlintRules(): Promise<(text: string) => Promise<string | undefined>> {
  const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
  const scanners = (rules as readonly SecretLintRuleCreator[]).filter(({ meta }) => meta.type === 'scanner');
  return async (text) => {
    for (const rule of scanners) {
      if (await reports(rule, text)) return rule.meta.id;
    }
    return undefined;
  };
}

async function reports(rule: SecretLintRuleCreator, text: string): Promise<boolean> {
  let reported = false;
  const handler = rule.create(
    {
      sharedOptions: {},
      createTranslator: () => () => ({ message: '', messageId: '', data: undefined }),
      report: () => {
        reported = true;
      },
      ignore: () => undefined,
    },
    {},
  );
  try {
    await handler.file?.(source(text));
  } catch {
    // Whatever it says may quote the text.
    throw new Error(`the rule ${rule.meta.id} failed`);
  }
  return reported;
}

function source(content: string): Parameters<NonNullable<ReturnType<SecretLintRuleCreator['create']>['file']>>[0] {
  const start = { line: 1, column: 0 };
  return {
    hasBOM: false,
    content,
    filePath: undefined,
    physicalFilePath: undefined,
    contentType: 'text',
    ext: '',
    getFilePath: () => undefined,
    getPhysicalFilePath: () => undefined,
    locationToRange: () => [0, 0],
    rangeToLocation: () => ({ start, end: start }),
    positionToIndex: () => 0,
    indexToPosition: () => start,
  };
}
