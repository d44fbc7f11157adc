import { runMain } from '@latchkey/runtime';
import { face } from './create.js';

runMain(() => face.create(face.readConfig()));
