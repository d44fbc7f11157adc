import { runMain } from '@latchkey/runtime';
import { notify } from './create.js';

runMain(async () => notify.create(notify.readConfig()));
