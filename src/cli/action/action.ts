import { endProcess, processIo } from '../process.ts';
import { runAction } from './run-action.ts';

// The entry of the GitHub action: scripts/single-file.mjs makes one file of it and all that it needs.
await endProcess(await runAction(processIo()));
