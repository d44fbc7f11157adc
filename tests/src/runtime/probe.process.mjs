// A service of runtime's as its own process, for tests of how processes begin and end.
import { commonConfig, defineService, runMain } from '@latchkey/runtime';
import { z } from 'zod';

const probe = defineService({
  name: 'probe',
  config: z.object({ ...commonConfig, PROBE: z.string() }),
});
runMain(() => probe.create(probe.readConfig()));
