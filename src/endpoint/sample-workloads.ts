import { sampleSecretArn } from './sample-words.ts';
import type { WorkloadsFixture } from './workload-fixture.ts';

/** What runs in the web shop's first region: some of it is given credentials in plain text, some reads them when it starts. */
export const sampleWorkloadsOfUs: WorkloadsFixture = {
  functions: [
    {
      name: 'shop-checkout',
      tags: { team: 'shop' },
      environment: { DB_SECRET_ARN: sampleSecretArn('us-east-1', 'shop/prod/database'), LOG_LEVEL: 'info' },
    },
    { name: 'shop-invoices', tags: { team: 'billing' }, environment: { STAGE: 'prod', SMTP_PASSWORD: 'FAKE-smtp-password-EXAMPLE' } },
    { name: 'shop-thumbnails' },
  ],
  taskDefinitions: [
    {
      family: 'shop-web',
      revision: 12,
      tags: { team: 'shop' },
      containers: [
        {
          name: 'web',
          environment: { LOG_LEVEL: 'info' },
          secrets: {
            DB_PASSWORD: `${sampleSecretArn('us-east-1', 'shop/prod/database')}:password::`,
            SESSION_KEY: '/shop/prod/session-key',
          },
        },
      ],
    },
    {
      family: 'shop-reports',
      revision: 3,
      tags: { team: 'billing' },
      containers: [
        { name: 'reports', environment: { WAREHOUSE_URL: 'postgres://reports:FAKE-EXAMPLE-pass@warehouse.example.com:5439/shop' } },
      ],
    },
  ],
  instances: [
    {
      id: 'i-0fa4e00000000001a',
      tags: { team: 'shop' },
      userData: '#!/bin/bash\nyum install -y nginx\nsystemctl start nginx\n',
    },
    { id: 'i-0fa4e00000000002b', tags: { team: 'billing' }, userData: '#!/bin/bash\nexport DB_PASSWORD=FAKE-EXAMPLE-pass-1\n' },
    { id: 'i-0fa4e00000000003c' },
  ],
  launchTemplates: [
    { id: 'lt-0fa4e00000000001a', name: 'shop-workers', versions: ['#!/bin/bash\necho ready\n', null], defaultVersion: 2 },
    { id: 'lt-0fa4e00000000002b', name: 'shop-batch', versions: [null, '#!/bin/bash\nexport API_PASSWORD=FAKE-EXAMPLE-pass-2\n'] },
  ],
  databases: [
    { name: 'shop-orders', managed: true, tags: { team: 'shop' } },
    { name: 'shop-orders-replica', replicaOf: 'shop-orders' },
    { name: 'shop-catalogue-1', engine: 'aurora-postgresql', cluster: 'shop-catalogue' },
    { name: 'shop-legacy', engine: 'mysql', tags: { team: 'billing' } },
  ],
  databaseClusters: [
    { name: 'shop-catalogue', managed: true },
    { name: 'shop-search' },
    { name: 'shop-sessions', engine: 'docdb', managed: true },
    { name: 'shop-events', engine: 'docdb' },
  ],
  warehouses: [{ name: 'shop-sales', managed: true }, { name: 'shop-archive' }],
  buildProjects: [
    {
      name: 'shop-images',
      tags: { team: 'shop' },
      variables: [
        { name: 'REGISTRY_PASSWORD', type: 'SECRETS_MANAGER', value: 'shop/ci/registry:password' },
        { name: 'STAGE', value: 'prod' },
      ],
    },
    {
      name: 'shop-docs',
      variables: [
        { name: 'DOCS_API_TOKEN', value: 'FAKE-docs-api-token-EXAMPLE' },
        { name: 'PUBLISH_KEY', type: 'SECRETS_MANAGER', value: 'shop/ci/publish:key:AWSPREVIOUS' },
      ],
    },
  ],
};
