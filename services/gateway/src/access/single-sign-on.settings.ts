import { z } from 'zod';

/** Plain HTTP is taken from this machine alone. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** The settings of single sign-on; spread into the gateway's own. */
export const singleSignOnSettings = {
  LK_OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine((url) => isTrustworthy(url), 'must be https, with nothing after the path')
    .optional()
    .meta({ description: 'the OpenID Connect issuer by which operators sign in' }),
  LK_OIDC_CLIENT_ID: z.string().optional().meta({ description: 'our name at that issuer' }),
  LK_OIDC_CLIENT_SECRET: z
    .string()
    .optional()
    .meta({ description: 'our secret there; better in a file' }),
  LK_OIDC_CLIENT_SECRET_FILE: z
    .string()
    .optional()
    .meta({ description: 'the file of our secret there' }),
  LK_OIDC_NAME: z
    .string()
    .max(60)
    .default('single sign-on')
    .meta({ description: 'what operators call it: “Sign in with …”' }),
  LK_OIDC_SCOPES: z
    .string()
    .regex(/^openid(?: [\x21-\x7e]+)*$/, 'must begin with openid')
    .default('openid email')
    .meta({ description: 'the scopes that are asked for' }),
  LK_OIDC_CLAIM: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/, "must be a claim's name")
    .default('email')
    .meta({ description: 'the claim by which an invited operator is known the first time' }),
};
type Settings = z.infer<z.ZodObject<typeof singleSignOnSettings>>;

/** What single sign-on works with. */
export interface SingleSignOnFacts {
  readonly issuer: URL;
  readonly clientId: string;
  readonly secret: string;
  readonly name: string;
  readonly scopes: string;
  readonly claim: string;
  /** The console's own address, as browsers know it. */
  readonly publicOrigin: string;
}

/** What is missing of the settings, by name: single sign-on needs all or none. */
export function missingSettings(
  config: Settings & { readonly LK_PUBLIC_URL?: string | undefined },
): readonly (readonly [name: string, message: string])[] {
  const { LK_OIDC_CLIENT_SECRET: secret, LK_OIDC_CLIENT_SECRET_FILE: file } = config;
  if (config.LK_OIDC_ISSUER === undefined) {
    return config.LK_OIDC_CLIENT_ID === undefined && secret === undefined && file === undefined
      ? []
      : [['LK_OIDC_ISSUER', 'single sign-on needs its issuer']];
  }
  const missing: (readonly [string, string])[] = [];
  if (config.LK_OIDC_CLIENT_ID === undefined)
    missing.push(['LK_OIDC_CLIENT_ID', 'single sign-on needs it']);
  if ((secret === undefined) === (file === undefined))
    missing.push([
      'LK_OIDC_CLIENT_SECRET_FILE',
      'single sign-on needs either it or LK_OIDC_CLIENT_SECRET',
    ]);
  if (config.LK_PUBLIC_URL === undefined)
    missing.push(['LK_PUBLIC_URL', 'single sign-on comes back there']);
  return missing;
}

/** Whether plain HTTP is right for this address: only on this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.test(hostname);
}

function isTrustworthy(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const isPlain = url.search === '' && url.hash === '' && !url.pathname.includes('/.well-known/');
  return isPlain && url.username === '' && (url.protocol === 'https:' || isLoopback(url));
}
