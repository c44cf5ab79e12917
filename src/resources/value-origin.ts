import { oneOf } from './shape.ts';

/**
 * Where a value comes from that infrastructure code sets.
 *
 * - `literal`: written out in the source, or the default of a variable or parameter
 * - `variable`: given from outside when the code is applied
 * - `reference`: an attribute of another resource
 * - `dynamic-reference`: CloudFormation reads it from Secrets Manager or Parameter Store
 * - `generated`: AWS makes it, as with GenerateSecretString
 * - `managed`: the service keeps it in Secrets Manager and rotates it
 * - `inherited`: a replica or a restored snapshot has the one of its source
 * - `none`: no value is set here
 */
export const valueOrigin = oneOf('literal', 'variable', 'reference', 'dynamic-reference', 'generated', 'managed', 'inherited', 'none');

/** One of the words of `valueOrigin`. */
export type ValueOrigin = NonNullable<(typeof valueOrigin)['values']>[number];

/** The sources that see how a value is set; a live account only has the value. */
export const codeOnly = { sources: ['terraform', 'cloudformation'] } as const;
