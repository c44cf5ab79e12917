import { cdkAssemblyInput } from './cdk-assembly.ts';
import { cloudFormationInput } from './cloudformation-template.ts';
import type { InputKind } from './input.ts';
import { mistakenInputs } from './mistakes.ts';
import { snapshotInput } from './snapshot.ts';
import { terraformPlanInput } from './terraform-plan.ts';

/** The registry of inputs. The first that recognises the content reads it; the last one takes everything. */
export const inputKinds: readonly InputKind[] = [
  snapshotInput,
  terraformPlanInput,
  cdkAssemblyInput,
  cloudFormationInput,
  ...mistakenInputs,
];
