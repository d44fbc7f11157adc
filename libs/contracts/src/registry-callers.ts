import type { RegistryServiceService } from './gen/latchkey/registry/v1/registry.js';

/** Who calls the registry; each by the name in its certificate. */
export const registryCallerNames = ['auth', 'gateway', 'notify'] as const;
export type RegistryCaller = (typeof registryCallerNames)[number];

const auth = ['auth'] as const;
const gateway = ['gateway'] as const;

/** Which service may call which method of the registry. The registry refuses all else, with LK-KEY-004. */
export const registryCallers: Readonly<
  Record<keyof typeof RegistryServiceService, readonly RegistryCaller[]>
> = {
  // A door opens by this one call: whoever may use a code up may not enrol anybody, nor hear an address.
  useCode: auth,
  // A person at a door asks auth for a new code, an operator the gateway.
  reissueCode: ['auth', 'gateway'],
  // auth greets by name, notify mails.
  getContact: ['auth', 'notify'],
  // The console says where nobody would hear.
  listRecipients: ['notify', 'gateway'],

  createDraft: gateway,
  addSample: gateway,
  commitDraft: gateway,
  abandonDraft: gateway,
  beginEnrolment: gateway,
  listNewcomers: gateway,
  updatePerson: gateway,
  getPerson: gateway,
  listPeople: gateway,
  suspendPerson: gateway,
  resumePerson: gateway,
  deletePerson: gateway,
  deleteAllPeople: gateway,
  liftLock: gateway,

  createDoor: gateway,
  getDoor: gateway,
  listDoors: gateway,
  updateDoor: gateway,
  removeDoor: gateway,
  renewKioskToken: gateway,
  createPairing: gateway,
  unpairKiosk: gateway,
  testLock: gateway,

  noteSighting: gateway,
  listSightings: gateway,

  beginAct: gateway,
  endAct: gateway,
  noteLook: gateway,
  listAudit: gateway,
  listAuditChain: gateway,

  createOperator: gateway,
  getOperator: gateway,
  getOperatorSecrets: gateway,
  listOperators: gateway,
  updateOperator: gateway,
  setOperatorPassword: gateway,
  beginTotp: gateway,
  confirmTotp: gateway,
  removeTotp: gateway,
  recordSignIn: gateway,
  noteFailedSignIn: gateway,
  findBySubject: gateway,
  setSingleSignOn: gateway,
  listPasskeys: gateway,
  findPasskey: gateway,
  addPasskey: gateway,
  removePasskey: gateway,
  removePasskeys: gateway,
  recordPasskeySignIn: gateway,
  removeOperator: gateway,
};
