import { runMain } from '@latchkey/runtime';
import { registry } from './create.js';

runMain(() => registry.create(registry.readConfig()));
