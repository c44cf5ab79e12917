import { InvalidArgumentError, Option } from 'commander';
import { addChannelOptions } from '../notify/read-channels.ts';
import type { NotifyFlags } from '../notify/run-notify.ts';
import { addConfigOptions } from '../options.ts';
import { addRedactOptions } from '../report-options.ts';
import type { Command } from './command.ts';

const examples = `
Examples:
  $ export SEALCHECK_WEBHOOK_URL=… SEALCHECK_WEBHOOK_SECRET=…
  $ sealcheck notify --state-dir s3://bucket/sealcheck
  $ sealcheck notify --state-dir state --sns-topic arn:aws:sns:us-east-1:123456789012:findings --event-bus default
  $ sealcheck notify --state-dir state --slack … --link https://reports.example.com/latest.html --heartbeat 1
  $ sealcheck notify --state-dir state --dry-run                   what each channel would be sent; nothing is

Each channel is told what has changed since the run that it was last told of. It exits 0 when all were told or there was nothing to
tell, and 4 when one could not be: what it missed comes with the next message.`;

export const notifyCommand: Command = {
  name: 'notify',
  register: (program, action) => {
    const command = program
      .command('notify')
      .description('tell a webhook, Slack, SNS or EventBridge what has changed between the runs of a state')
      .option('--state-dir <place>', 'where scans keep their runs: a folder, or s3://BUCKET/PREFIX');
    addConfigOptions(addChannelOptions(command))
      .addOption(
        new Option('--heartbeat <days>', 'days without a message after which a channel is told that nothing has changed')
          .argParser(parseDays)
          .default(7),
      )
      .option('--no-heartbeat', 'be silent as long as nothing changes')
      .option('--link <url>', 'page of the report, to be named in messages')
      .option('--dry-run', 'print what would be sent, as JSON; send nothing and note nothing');
    addRedactOptions(command)
      .addHelpText('after', examples)
      .action(async (flags: NotifyFlags) => {
        await action(async (io) => (await import('../notify/run-notify.ts')).runNotify(flags, io));
      });
  },
};

function parseDays(value: string): number {
  if (!/^\d{1,3}$/.test(value) || Number(value) === 0) throw new InvalidArgumentError('write a whole number of days, such as 7');
  return Number(value);
}
