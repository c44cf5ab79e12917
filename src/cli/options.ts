import { InvalidArgumentError, Option, type Command } from 'commander';
import { severities, type Severity } from '../model/severity.ts';

/** For options that may be given several times. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

const repeated = (flags: string, description: string): Option => new Option(flags, description).argParser(collect).default([], 'none');

/** `--config FILE`, `--no-config` (false), or neither. */
export interface ConfigOptions {
  readonly config?: string | false;
}

export function addConfigOptions(command: Command): Command {
  return command
    .option('--config <file>', 'configuration to use in place of sealcheck.config.yaml in this folder or above')
    .option('--no-config', 'use no configuration file');
}

export interface PrintConfigOption {
  readonly printConfig?: boolean;
}

/** `instead` says what the command leaves undone then. */
export function addPrintConfigOption(command: Command, instead: string): Command {
  return command.option('--print-config', `print the settings of this run and where each comes from, and ${instead}`);
}

export interface PolicyOptions {
  readonly policies: readonly string[];
  readonly builtin: boolean;
  readonly policy: readonly string[];
  readonly tag: readonly string[];
  readonly severity?: Severity;
  readonly param: readonly string[];
}

/** Where policies come from, and their params: for what speaks of one policy that is named otherwise. */
export function addPolicyFileOptions(command: Command): Command {
  return addPolicyPaths(command).addOption(param());
}

function addPolicyPaths(command: Command): Command {
  return command
    .addOption(
      repeated('--policies <path>', 'policy file or folder to add to the built-in pack; repeats').default([], 'built-in pack only'),
    )
    .option('--no-builtin', 'leave the built-in pack out');
}

const param = (): Option => repeated('--param <id.name=value>', 'set a param of a policy; repeats');

export function addPolicyOptions(command: Command): Command {
  return addPolicyPaths(command)
    .addOption(repeated('--policy <id>', 'only this policy; repeats').default([], 'all'))
    .addOption(repeated('--tag <tag>', 'only policies with this tag; repeats').default([], 'all'))
    .addOption(new Option('--severity <severity>', 'only policies of this severity or worse').choices([...severities]))
    .addOption(param());
}

export interface AwsFlags {
  readonly aws?: boolean;
  readonly profile?: string;
  readonly region?: readonly string[];
  readonly roleArn: readonly string[];
  readonly externalId?: string;
  /** By the ARN of the role; only a file says them. */
  readonly externalIds?: { readonly [roleArn: string]: string };
  readonly withCaller?: boolean;
  readonly inspectValues?: boolean;
  readonly allKeys?: boolean;
}

function parseRegions(value: string): readonly string[] {
  const regions = value.split(',').map((region) => region.trim());
  if (regions.some((region) => region === '')) throw new InvalidArgumentError('write regions as us-east-1,eu-west-1 or all');
  return regions;
}

export function regionOption(): Option {
  return new Option('--region <regions>', 'regions with commas between, or all')
    .argParser(parseRegions)
    .default(undefined, "the SDK's default region");
}

export function addAwsOptions(command: Command): Command {
  return command
    .option('--aws', 'read the live account of your AWS credentials')
    .option('--profile <name>', 'profile of the shared AWS configuration')
    .addOption(regionOption())
    .addOption(repeated('--role-arn <arn>', 'role to assume, one for each account to read; repeats').default([], "the caller's account"))
    .option('--external-id <id>', 'external id for all the roles')
    .option('--with-caller', "with --role-arn: read the caller's own account too")
    .option(
      '--inspect-values',
      'also read the values of String and StringList parameters, to classify and drop them; never those of a SecureString',
    )
    .option('--all-keys', 'judge every KMS key, not only those that encrypt a secret or parameter of the run');
}

/** For plans, templates and CDK apps. */
export function addCodeOptions(command: Command): Command {
  return command
    .addOption(new Option('--source <dir>', 'folder of the .tf files of a plan').default(undefined, 'beside the plan'))
    .addOption(
      new Option('--root <name>', 'what the identity of findings in code is relative to').default(
        undefined,
        'the folder below the top of the git checkout',
      ),
    )
    .option('--parameters <file>', 'values of the parameters of a template')
    .option('--account <id>', 'account that code is deployed to, where it does not say; the region is --region');
}
