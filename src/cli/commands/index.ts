import { collectCommand } from './collect.ts';
import type { Command } from './command.ts';
import { completionCommand } from './completion.ts';
import { demoCommand } from './demo.ts';
import { diffCommand } from './diff.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { gateCommand } from './gate.ts';
import { initCommand } from './init.ts';
import { notifyCommand } from './notify.ts';
import { permissionsCommand } from './permissions.ts';
import { policiesCommand } from './policies.ts';
import { reportCommand } from './report.ts';
import { scanCommand } from './scan.ts';
import { testCommand } from './test.ts';
import { waiversCommand } from './waivers.ts';

/** The registry of commands, in the order of the help. */
export const commands: readonly Command[] = [
  scanCommand,
  gateCommand,
  reportCommand,
  diffCommand,
  notifyCommand,
  collectCommand,
  policiesCommand,
  explainCommand,
  testCommand,
  waiversCommand,
  doctorCommand,
  permissionsCommand,
  initCommand,
  demoCommand,
  completionCommand,
];
