/** Who may know whom: contracts ← runtime ← services; vision ← face, qr, cli, bench; no service another service. */
const service = '^services/([^/]+)/';

export default {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'contracts-know-zod-only',
      comment:
        'And how to hash, for keys that are digests. The generated gRPC code, offered apart as @latchkey/contracts/grpc, also needs protobuf and grpc-js.',
      severity: 'error',
      from: {
        path: '^libs/contracts/src',
        pathNot: '(\\.test\\.ts$|/gen/|/grpc\\.ts$|/generate/)',
      },
      to: { pathNot: '^(libs/contracts/src|node_modules/\\.pnpm/zod@|(node:)?crypto$)' },
    },
    {
      name: 'runtime-knows-contracts-only',
      severity: 'error',
      from: { path: '^libs/runtime' },
      to: { path: '^(services|apps|tools|tests|bench|libs/vision)/' },
    },
    {
      name: 'vision-knows-no-bus',
      severity: 'error',
      from: { path: '^libs/vision' },
      to: {
        path: '(^(services|apps|tools|tests|bench|libs/(runtime|contracts))/|@nats-io|@nestjs)',
      },
    },
    {
      name: 'no-service-knows-another',
      severity: 'error',
      from: { path: service },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'services-know-libs-only',
      severity: 'error',
      from: { path: '^services/' },
      to: { path: '^(apps|tools|tests|bench)/' },
    },
    {
      name: 'vision-is-for-face-and-qr',
      severity: 'error',
      from: { path: '^services/(capture|auth|registry|notify|gateway)/' },
      to: { path: '^libs/vision' },
    },
    {
      name: 'pure-files-stay-pure',
      comment: 'Files named *.pure.ts hold the thinking: no Nest, no bus, no database.',
      severity: 'error',
      from: { path: '\\.pure\\.ts$' },
      to: { path: '(@nestjs|@nats-io|mongodb|node:(fs|net|http|sqlite))' },
    },
    {
      name: 'pure-files-know-no-runtime',
      severity: 'error',
      from: { path: '\\.pure\\.ts$', pathNot: '^libs/runtime/' },
      to: { path: '^libs/runtime' },
    },
    {
      name: 'nothing-uses-tests',
      severity: 'error',
      from: { pathNot: '^(tests|bench)/' },
      to: { path: '^(tests|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/gen/)' },
    // TypeScript 7 has no API for it: pnpm-workspace.yaml gives it version 6, which knows `await using` (swc's visitor does not).
    parser: 'tsc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
