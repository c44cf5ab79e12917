/** An IAM policy document that allows these actions and nothing else. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: '*';
  }[];
}

/**
 * The least that a scan may do, one statement a service. The resource is `*` because most of these actions take no
 * other, and because what is to be found cannot be named beforehand. ssm:GetParameters, which is there only with --inspect-values, reads
 * values; what is configured in plain text comes with the answers about functions, tasks, builds, instances and launch templates.
 */
export function leastPrivilegePolicy(actions: readonly string[]): PolicyDocument {
  const services = [...new Set(actions.map(serviceOfAction))].sort();
  return {
    Version: '2012-10-17',
    Statement: services.map((service) => ({
      Sid: `Sealcheck${sidWord(service)}`,
      Effect: 'Allow',
      Action: [...new Set(actions.filter((action) => serviceOfAction(action) === service))].sort(),
      Resource: '*',
    })),
  };
}

function serviceOfAction(action: string): string {
  return action.slice(0, action.indexOf(':'));
}

/** A Sid takes letters and digits only. */
function sidWord(service: string): string {
  const word = service.replace(/[^A-Za-z0-9]/g, '');
  return word.charAt(0).toUpperCase() + word.slice(1);
}
