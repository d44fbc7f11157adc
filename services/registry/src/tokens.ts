/** The token of the running registry: `service.get<Registry>(REGISTRY).grpc.port`. */
export const REGISTRY = Symbol('registry');
