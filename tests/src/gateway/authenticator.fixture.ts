import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { type Browser, PASSWORD } from './browser.fixture.js';
import type { Answer, FrontDesk } from './front-desk.fixture.js';

/** What a device, or who pretends to be one, does otherwise than it should. */
export interface Deviation {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly crossOrigin?: boolean;
  /** Whether it asked for a finger or a PIN. */
  readonly verified?: boolean;
  /** Whether somebody was there. */
  readonly present?: boolean;
  readonly counter?: number;
  readonly credential?: string;
  readonly handle?: string;
  /** Signs with another key. */
  readonly forged?: boolean;
}

interface Held {
  readonly credential: string;
  readonly handle: string;
  readonly privateKey: KeyObject;
  counter: number;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

/** An authenticator as programs play it: real ECDSA keys, WebAuthn's own bytes (level 3, 6.1 and 6.5). */
export class Authenticator {
  readonly #origin: string;
  readonly held: Held[] = [];

  /** `origin`: of the page that it believes to be asked by. */
  constructor(origin: string) {
    this.#origin = origin;
  }

  /** One whose browser shows the console of a desk. */
  static at(desk: FrontDesk): Authenticator {
    return new Authenticator(`http://localhost:${new URL(desk.gateway.httpUrl ?? '').port}`);
  }

  /** What `navigator.credentials.create` gives. */
  create(options: PublicKeyCredentialCreationOptionsJSON, deviation: Deviation = {}) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const credential = deviation.credential ?? randomBytes(32).toString('base64url');
    const id = Buffer.from(credential, 'base64url');
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    // RFC 9053, 7.1: key type EC2, algorithm ES256, curve P-256, both coordinates.
    const cose = new Map<number, number | Uint8Array<ArrayBuffer>>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytesOf(x)],
      [-3, bytesOf(y)],
    ]);
    const aaguid = Buffer.alloc(16);
    const length = Buffer.from([id.length >> 8, id.length & 0xff]);
    const attested = Buffer.concat([aaguid, length, id, isoCBOR.encode(cose)]);
    const rpId = options.rp.id ?? '';
    const authData = this.#authenticatorData({ rpId, counter: 0, attested, ...deviation });
    const statement = new Map<string, string | Uint8Array<ArrayBuffer> | Map<string, string>>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', new Uint8Array(authData)],
    ]);
    this.held.push({ credential, handle: options.user.id, privateKey, counter: 0 });
    return {
      id: credential,
      rawId: credential,
      type: 'public-key',
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options.challenge, deviation),
        attestationObject: Buffer.from(isoCBOR.encode(statement)).toString('base64url'),
        transports: ['internal'],
      },
    };
  }

  /** What `navigator.credentials.get` gives, by the passkey that was made last. */
  get(options: PublicKeyCredentialRequestOptionsJSON, deviation: Deviation = {}) {
    const held = this.held.at(-1);
    if (!held) throw new Error('this authenticator holds no passkey');
    held.counter += 1;
    const rpId = options.rpId ?? '';
    const facts = { rpId, counter: held.counter, ...deviation };
    const authData = this.#authenticatorData(facts);
    const clientDataJSON = this.#clientData('webauthn.get', options.challenge, deviation);
    const digest = createHash('sha256').update(bytesOf(clientDataJSON)).digest();
    const key = deviation.forged
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
      : held.privateKey;
    const credential = deviation.credential ?? held.credential;
    return {
      id: credential,
      rawId: credential,
      type: 'public-key',
      response: {
        clientDataJSON,
        authenticatorData: authData.toString('base64url'),
        signature: sign('sha256', Buffer.concat([authData, digest]), key).toString('base64url'),
        userHandle: deviation.handle ?? held.handle,
      },
    };
  }

  #authenticatorData(
    facts: Deviation & { rpId: string; counter: number; attested?: Buffer },
  ): Buffer {
    const { rpId, counter, attested, verified = true, present = true } = facts;
    const flags =
      (present ? PRESENT : 0) | (verified ? VERIFIED : 0) | (attested === undefined ? 0 : ATTESTED);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const hash = createHash('sha256').update(rpId).digest();
    return Buffer.concat([hash, Buffer.from([flags]), count, attested ?? Buffer.alloc(0)]);
  }

  #clientData(type: string, challenge: string, deviation: Deviation): string {
    const { origin = this.#origin, crossOrigin = false } = deviation;
    const said = { type, challenge, origin, crossOrigin, ...pick(deviation) };
    return Buffer.from(JSON.stringify(said)).toString('base64url');
  }
}

function pick({ type, challenge }: Deviation) {
  return { ...(type ? { type } : {}), ...(challenge ? { challenge } : {}) };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

/** What a device is asked for, to make a passkey of the operator who is signed in. */
export async function askForPasskey(
  browser: Browser,
  password = PASSWORD,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { status, json } = await browser.ask('POST', '/me/passkeys/options', { password });
  if (status !== 200) throw new Error(`nothing was asked for: ${JSON.stringify(json)}`);
  return json['options'] as PublicKeyCredentialCreationOptionsJSON;
}

/** What a passkey is asked to sign, to sign somebody in. */
export async function askForSignIn(
  browser: Browser,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { status, json } = await browser.ask('POST', '/sign-in/passkey/options');
  if (status !== 200) throw new Error(`nothing was asked for: ${JSON.stringify(json)}`);
  return json['options'] as PublicKeyCredentialRequestOptionsJSON;
}

/** Adds a passkey as the console does. */
export async function addPasskey(
  browser: Browser,
  device: Authenticator,
  name = 'My phone',
  deviation: Deviation = {},
): Promise<Answer> {
  const response = device.create(await askForPasskey(browser), deviation);
  return await browser.ask('POST', '/me/passkeys', { name, response });
}

/** Signs in with a passkey as the console does. */
export async function enterByPasskey(
  browser: Browser,
  device: Authenticator,
  deviation: Deviation = {},
): Promise<Answer> {
  const response = device.get(await askForSignIn(browser), deviation);
  return await browser.ask('POST', '/sign-in/passkey', { response });
}
