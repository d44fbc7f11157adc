import { afterAll, beforeAll } from 'vitest';
import { type MongoServer, startMongoServer } from './mongo-server.js';

/** Each store that a registry may have, with what makes the address of a new one; `undefined`: the embedded one in its folder. */
export function useBothStores(): [string, () => string | undefined][] {
  let mongo: MongoServer;
  beforeAll(async () => {
    mongo = await startMongoServer();
  }, 300_000);
  afterAll(async () => mongo[Symbol.asyncDispose]());
  return [
    ['file:', () => undefined],
    ['mongodb:', () => mongo.databaseUrl()],
  ];
}
