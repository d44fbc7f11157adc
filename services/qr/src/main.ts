import { runMain } from '@latchkey/runtime';
import { qr } from './create.js';

runMain(() => qr.create(qr.readConfig()));
