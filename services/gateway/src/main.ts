import { runMain } from '@latchkey/runtime';
import { gateway } from './create.js';

runMain(() => gateway.create(gateway.readConfig()));
