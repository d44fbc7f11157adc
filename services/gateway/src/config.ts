import { isIP } from 'node:net';
import { commonConfig } from '@latchkey/runtime/config';
import { z } from 'zod';
import { missingSettings, singleSignOnSettings } from './access/single-sign-on.settings.js';

/** The gateway's settings. */
export const gatewayConfig = z
  .object({
    ...commonConfig,
    LK_DATA_DIR: z.string().default('var').meta({ description: 'the folder of what is kept' }),
    LK_GATEWAY_HOST: z
      .string()
      .default('127.0.0.1')
      .meta({ description: 'the address on which the API is served' }),
    LK_GATEWAY_PORT: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .default(8080)
      .meta({ description: 'the port of the API, 0: any free one' }),
    LK_REGISTRY_URL: z
      .string()
      .regex(/^[^\s:/]+:\d{1,5}$/, 'must be host:port')
      .default('127.0.0.1:7420')
      .meta({ description: "the registry's gRPC address" }),
    LK_INBOX_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({ description: "the built-in mail catcher's inbox; without it there is none" }),
    LK_TLS_CERT_FILE: z
      .string()
      .optional()
      .meta({ description: 'the PEM file of the certificate, to serve HTTPS' }),
    LK_TLS_KEY_FILE: z
      .string()
      .optional()
      .meta({ description: "the PEM file of the certificate's private key" }),
    LK_PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({ description: 'where browsers reach the console, if a proxy stands before it' }),
    LK_TRUSTED_PROXIES: z
      .string()
      .default('')
      .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
      .refine((proxies) => proxies.every(isNetwork), {
        message: 'must be addresses or networks such as 10.0.0.0/8, several by commas',
      })
      .meta({ description: 'the proxies that are believed from where a request comes' }),
    LK_KIOSK_URL: z
      .url({ protocol: /^https$/ })
      .optional()
      .meta({ description: "where devices at the doors open a door's screen; the console tells" }),
    LK_KIOSK_LOCAL_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .meta({ description: "where a browser on capture's own machine opens it" }),
    LK_CONSOLE_DIR: z
      .string()
      .optional()
      .meta({ description: "the folder of the console's built pages, if others than our own" }),
    LK_TIME_ZONE: z
      .string()
      .default(() => new Intl.DateTimeFormat().resolvedOptions().timeZone)
      .refine(isTimeZone, { message: 'must be a time zone such as Europe/Berlin' })
      .meta({ description: "the site's time zone, by which the hours of Insights begin" }),
    LK_IDLE_MINUTES: z.coerce
      .number()
      .int()
      .min(1)
      .max(720)
      .default(15)
      .meta({ description: 'minutes without activity after which one is signed out' }),
    LK_FIRST_ADMIN_LINK_FILE: z.string().optional().meta({
      description: 'where the link that makes the first administrator is written, 0600',
    }),
    LK_OPERATOR_TOKEN_FILE: z
      .string()
      .optional()
      .meta({ description: 'where an operator token that is made at this start is written, 0600' }),
    ...singleSignOnSettings,
  })
  .superRefine((config, context) => {
    for (const [name, message] of missingSettings(config)) {
      context.addIssue({ code: 'custom', path: [name], message });
    }
    if ((config.LK_TLS_CERT_FILE === undefined) === (config.LK_TLS_KEY_FILE === undefined)) return;
    const name = config.LK_TLS_CERT_FILE === undefined ? 'LK_TLS_CERT_FILE' : 'LK_TLS_KEY_FILE';
    context.addIssue({
      code: 'custom',
      path: [name],
      message: 'HTTPS needs both LK_TLS_CERT_FILE and LK_TLS_KEY_FILE',
    });
  });
export type GatewayConfig = z.infer<typeof gatewayConfig>;

function isNetwork(text: string): boolean {
  const [address = '', bits] = text.split('/');
  const version = isIP(address);
  if (version === 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
  );
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
