import { awsKit } from './aws.ts';
import { githubKit } from './github.ts';
import { gitlabKit } from './gitlab.ts';
import type { InitKit } from './kit.ts';
import { preCommitKit } from './pre-commit.ts';

/** The registry of what `sealcheck init` makes, in the order of the help. A new kit is one file and one line here. */
export const kits: readonly InitKit[] = [awsKit, githubKit, gitlabKit, preCommitKit];
