import { commonConfig } from '@latchkey/runtime/config';
import { z } from 'zod';

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
    LK_CONSOLE_DIR: z
      .string()
      .optional()
      .meta({ description: "the folder of the console's built pages, if others than our own" }),
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
  })
  .superRefine((config, context) => {
    if ((config.LK_TLS_CERT_FILE === undefined) === (config.LK_TLS_KEY_FILE === undefined)) return;
    const name = config.LK_TLS_CERT_FILE === undefined ? 'LK_TLS_CERT_FILE' : 'LK_TLS_KEY_FILE';
    context.addIssue({
      code: 'custom',
      path: [name],
      message: 'HTTPS needs both LK_TLS_CERT_FILE and LK_TLS_KEY_FILE',
    });
  });
export type GatewayConfig = z.infer<typeof gatewayConfig>;
