import { readFileSync } from 'node:fs';
import { startEndpoint } from '../../src/endpoint/index.ts';
import type { Collection } from '../../src/model/resource.ts';
import type { SourceName } from '../../src/model/source-name.ts';
import { createValueClassifier } from '../../src/resources/secret-value.ts';
import { allNeeds } from '../../src/scan.ts';
import { collectAws } from '../../src/sources/aws/index.ts';
import { readTemplate } from '../../src/sources/cloudformation/index.ts';
import { readTerraformPlan } from '../../src/sources/terraform/index.ts';
import { fastTuning } from '../sources/aws/fake-time.ts';
import { parityAccount } from './account.ts';
import { account, now, region } from './target.ts';

const fixtures = 'test/fixtures/parity';
const classify = await createValueClassifier();

/** The scenarios, read from each source. */
export async function readSources(): Promise<{ readonly [source in SourceName]: Collection }> {
  const [aws, terraform, cloudformation] = await Promise.all([readAccount(), readPlan(), readStack()]);
  return { aws, terraform, cloudformation };
}

/** Everything that a live account can tell, values looked at. */
async function readAccount(): Promise<Collection> {
  const endpoint = await startEndpoint({ accounts: [parityAccount], clock: () => now });
  try {
    return await collectAws(
      {
        regions: [region],
        ...{ roleArns: [], withCaller: true, inspectValues: true, allKeys: true },
        endpoint: endpoint.url,
        credentials: { accessKeyId: 'AKIAFAKE123456789012', secretAccessKey: 'FAKE-EXAMPLE' },
      },
      {
        needs: allNeeds(),
        now,
        signal: new AbortController().signal,
        onProgress: () => undefined,
        tuning: fastTuning({ wallClock: () => now }),
      },
    );
  } finally {
    await endpoint.close();
  }
}

async function readPlan(): Promise<Collection> {
  const folder = `${fixtures}/terraform`;
  const json: unknown = JSON.parse(readFileSync(`${folder}/plan.json`, 'utf8'));
  const { scope, notes } = await readTerraformPlan(json, { file: 'plan.json', root: 'parity', sourceDir: folder, account, classify });
  return { scopes: [scope], provenance: {}, notes };
}

async function readStack(): Promise<Collection> {
  const { scope, notes } = await readTemplate(readFileSync(`${fixtures}/template.yaml`, 'utf8'), {
    ...{ file: 'template.yaml', root: 'parity', parameters: new Map<string, string>() },
    ...{ account, region, partition: 'aws', classify },
  });
  return { scopes: [scope], provenance: {}, notes };
}
