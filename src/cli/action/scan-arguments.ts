import type { ActionInputs } from './action-inputs.ts';

/** Where the scan of a step writes what the step goes on with. */
export interface StepFiles {
  readonly json: string;
  readonly sarif: string;
}

/**
 * The command line of the step. What inputs say comes after `args`, so that it counts; values are joined to their flag and paths come last,
 * after `--`, so that none of them can be taken for a flag.
 */
export function scanArguments(inputs: ActionInputs, files: StepFiles): readonly string[] {
  const { target, aws, args, policies, config, failOn, failOnUnknown, failOnNew, baseline, stateDir, formats } = inputs;
  const flag = (name: string, value: string | undefined): readonly string[] => (value === undefined ? [] : [`--${name}=${value}`]);
  const paths = target.length === 0 ? [] : ['--', ...target];
  return [
    'scan',
    '--quiet',
    ...args,
    ...(aws ? ['--aws'] : []),
    ...policies.map((path) => `--policies=${path}`),
    ...flag('config', config),
    ...flag('fail-on', failOn),
    ...flag('fail-on-unknown', failOnUnknown),
    ...(failOnNew ? ['--fail-on-new'] : []),
    ...flag('baseline', baseline),
    ...flag('state-dir', stateDir),
    ...[`json=${files.json}`, `sarif=${files.sarif}`, ...formats].map((format) => `--format=${format}`),
    ...paths,
  ];
}
