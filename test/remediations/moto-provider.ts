/** What a fixture is run with: the provider that the snippets are written for. */
export const requiredProviders = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}
`;

const services = ['cloudtrail', 'ec2', 'ecs', 'events', 'iam', 'kms', 'lambda', 'secretsmanager', 'ssm', 'sts'];

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What a provider block needs to call nobody but moto, as lines. A service that a snippet calls must be among the services. */
export function callingMoto(url: string, { accessKeyId, secretAccessKey, sessionToken }: Credentials): string {
  return `  access_key                  = "${accessKeyId}"
  secret_key                  = "${secretAccessKey}"
${sessionToken === undefined ? '' : `  token                       = "${sessionToken}"\n`}  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  endpoints {
${services.map((service) => `    ${service} = "${url}"\n`).join('')}  }
`;
}
