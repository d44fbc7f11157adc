import { runMain } from '@latchkey/runtime';
import { capture } from './create.js';

runMain(() => capture.create(capture.readConfig()));
