/** What runs in a region of an account and is given settings, or credentials. */
export interface WorkloadsFixture {
  readonly functions?: readonly FunctionFixture[];
  readonly taskDefinitions?: readonly TaskDefinitionFixture[];
  readonly buildProjects?: readonly BuildProjectFixture[];
  readonly instances?: readonly InstanceFixture[];
  readonly launchTemplates?: readonly LaunchTemplateFixture[];
  readonly databases?: readonly DatabaseFixture[];
  /** Of RDS and DocumentDB. */
  readonly databaseClusters?: readonly DatabaseClusterFixture[];
  /** Clusters of Redshift. */
  readonly warehouses?: readonly WarehouseFixture[];
}

/** A function of Lambda. */
export interface FunctionFixture {
  readonly name: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The code of the error that Lambda answers in place of the variables, when it could not decrypt them. */
  readonly environmentError?: string;
  /** Default: a role of the account that is called after the function. */
  readonly roleArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** The newest active revision of a family of ECS task definitions. */
export interface TaskDefinitionFixture {
  readonly family: string;
  /** Default 1. Older ones are said to be there, and are never asked for. */
  readonly revision?: number;
  readonly containers: readonly ContainerFixture[];
  readonly tags?: Readonly<Record<string, string>>;
}

export interface ContainerFixture {
  readonly name: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Name of the variable to ARN or name of what it is read from. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A build project of CodeBuild. */
export interface BuildProjectFixture {
  readonly name: string;
  readonly variables?: readonly BuildVariableFixture[];
  readonly tags?: Readonly<Record<string, string>>;
}

export interface BuildVariableFixture {
  readonly name: string;
  readonly value: string;
  /** Default `PLAINTEXT`. */
  readonly type?: 'PLAINTEXT' | 'PARAMETER_STORE' | 'SECRETS_MANAGER';
}

/** An instance of EC2. */
export interface InstanceFixture {
  /** Such as `i-0123456789abcdef0`. */
  readonly id: string;
  /** Default `running`. */
  readonly state?: string;
  /** In plain text; answered in base64. */
  readonly userData?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface LaunchTemplateFixture {
  /** Such as `lt-0123456789abcdef0`. */
  readonly id: string;
  readonly name: string;
  /** The user data of each version, from the first; in plain text, answered in base64. Null: none. */
  readonly versions: readonly (string | null)[];
  /** Default 1. */
  readonly defaultVersion?: number;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A database instance of RDS. */
export interface DatabaseFixture {
  readonly name: string;
  /** Default `postgres`. */
  readonly engine?: string;
  /** Whether RDS manages the master password. Default false. */
  readonly managed?: boolean;
  /** The cluster that it is in. */
  readonly cluster?: string;
  /** The instance that it replicates. */
  readonly replicaOf?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface DatabaseClusterFixture {
  readonly name: string;
  /** Default `aurora-postgresql`; `docdb` for DocumentDB. */
  readonly engine?: string;
  readonly managed?: boolean;
  /** ARN of the cluster that it replicates. */
  readonly replicaOf?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface WarehouseFixture {
  readonly name: string;
  readonly managed?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
}
