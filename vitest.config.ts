import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // By default one core is left alone, which of two is half.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // As the command line does: the SDK's notice of the end of Node 20 would stand between the results.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
