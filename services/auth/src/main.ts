import { runMain } from '@latchkey/runtime';
import { auth } from './create.js';

runMain(() => auth.create(auth.readConfig()));
