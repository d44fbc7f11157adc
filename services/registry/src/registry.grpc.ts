import type { RegistryServiceService } from '@latchkey/contracts/grpc';
import type { GrpcHandlers } from '@latchkey/runtime';
import { AuditDesk } from './audit.desk.js';
import { CodeDesk } from './code.desk.js';
import type { DeskFacts } from './desk.js';
import { DirectoryDesk } from './directory.desk.js';
import { DoorDesk } from './door.desk.js';
import { FailedSignInDesk } from './failed-sign-in.desk.js';
import { LockDesk } from './lock.desk.js';
import { NewcomerDesk } from './newcomer.desk.js';
import { OperatorDesk } from './operator.desk.js';
import type { PairingDesk } from './pairing.desk.js';
import { PasskeyDesk } from './passkey.desk.js';
import type { PeopleDesk } from './people.desk.js';
import type { RegistrationDesk } from './registration.desk.js';
import { checked, requests } from './requests.js';
import type { SightingDesk } from './sighting.desk.js';
import { SingleSignOnDesk } from './single-sign-on.desk.js';

type Handlers = GrpcHandlers<typeof RegistryServiceService>;

/** Each call of the registry: checked, then handed to the desk that answers it. */
export function registryHandlers(
  facts: DeskFacts,
  desks: {
    registration: RegistrationDesk;
    people: PeopleDesk;
    pairing: PairingDesk;
    sightings: SightingDesk;
  },
): Handlers {
  const { registration, people, pairing, sightings } = desks;
  const newcomers = new NewcomerDesk(facts);
  const codes = new CodeDesk(facts);
  const doors = new DoorDesk(facts);
  const locks = new LockDesk(facts);
  const directory = new DirectoryDesk(facts);
  const ref = (asked: unknown) => checked(requests.personRef, asked);
  const doorRef = (asked: unknown) => checked(requests.doorRef, asked);
  return {
    ...operatorHandlers(new OperatorDesk(facts), new FailedSignInDesk(facts)),
    ...singleSignOnHandlers(new SingleSignOnDesk(facts)),
    ...passkeyHandlers(new PasskeyDesk(facts)),
    ...auditHandlers(new AuditDesk(facts)),
    createDraft: (asked, call) =>
      registration.createDraft(checked(requests.createDraft, asked), call),
    addSample: (asked, call) => registration.addSample(checked(requests.addSample, asked), call),
    commitDraft: (asked, call) => registration.commitDraft(ref(asked), call),
    abandonDraft: async (asked, call) => {
      await registration.abandonDraft(checked(requests.abandonDraft, asked), call);
      return {};
    },
    beginEnrolment: (asked, call) =>
      registration.beginEnrolment(checked(requests.beginEnrolment, asked), call),
    listNewcomers: (asked, call) =>
      newcomers.listNewcomers(checked(requests.listNewcomers, asked), call),
    updatePerson: (asked, call) => people.updatePerson(checked(requests.updatePerson, asked), call),
    getPerson: (asked) => people.getPerson(ref(asked)),
    listPeople: (asked) => people.listPeople(checked(requests.listPeople, asked)),
    suspendPerson: (asked, call) => people.suspendPerson(ref(asked), call),
    resumePerson: (asked, call) => people.resumePerson(ref(asked), call),
    deletePerson: (asked, call) => people.deletePerson(ref(asked), call),
    deleteAllPeople: async (asked, call) => ({
      receipts: await people.deleteAllPeople(checked(requests.caller, asked), call),
    }),
    reissueCode: async (asked, call) => {
      await codes.reissueCode(checked(requests.reissueCode, asked), call);
      return {};
    },
    useCode: (asked) => codes.useCode(checked(requests.useCode, asked)),
    liftLock: (asked, call) => codes.liftLock(checked(requests.liftLock, asked), call),
    createDoor: (asked, call) => doors.createDoor(checked(requests.createDoor, asked), call),
    getDoor: (asked) => doors.getDoor(doorRef(asked)),
    listDoors: () => doors.listDoors(),
    updateDoor: (asked, call) => doors.updateDoor(checked(requests.updateDoor, asked), call),
    removeDoor: async (asked, call) => {
      await doors.removeDoor(doorRef(asked), call);
      return {};
    },
    renewKioskToken: (asked, call) => doors.renewKioskToken(doorRef(asked), call),
    createPairing: (asked, call) => pairing.createPairing(doorRef(asked), call),
    unpairKiosk: async (asked, call) => {
      await pairing.unpairKiosk(doorRef(asked), call);
      return {};
    },
    testLock: (asked, call) => locks.testLock(checked(requests.testLock, asked), call),
    listRecipients: (asked) => directory.listRecipients(checked(requests.listRecipients, asked)),
    getContact: (asked) => directory.getContact(ref(asked)),
    noteSighting: (asked) => sightings.noteSighting(checked(requests.noteSighting, asked)),
    listSightings: (asked) => sightings.listSightings(checked(requests.listSightings, asked)),
  };
}

function auditHandlers(audit: AuditDesk) {
  return {
    beginAct: (asked, call) => audit.beginAct(checked(requests.beginAct, asked), call),
    endAct: async (asked) => {
      await audit.endAct(checked(requests.endAct, asked));
      return {};
    },
    noteLook: async (asked, call) => {
      await audit.noteLook(checked(requests.noteLook, asked), call);
      return {};
    },
    listAudit: (asked) => audit.listAudit(checked(requests.listAudit, asked)),
    listAuditChain: (asked) => audit.listAuditChain(checked(requests.listAuditChain, asked)),
  } satisfies Partial<Handlers>;
}

function operatorHandlers(desk: OperatorDesk, failed: FailedSignInDesk) {
  const ref = (asked: unknown) => checked(requests.operatorRef, asked);
  return {
    createOperator: (asked, call) =>
      desk.createOperator(checked(requests.createOperator, asked), call),
    getOperator: (asked) => desk.getOperator(ref(asked)),
    getOperatorSecrets: (asked) => desk.getOperatorSecrets(ref(asked)),
    listOperators: () => desk.listOperators(),
    updateOperator: (asked, call) =>
      desk.updateOperator(checked(requests.updateOperator, asked), call),
    setOperatorPassword: (asked, call) =>
      desk.setOperatorPassword(checked(requests.setOperatorPassword, asked), call),
    beginTotp: async (asked, call) => {
      await desk.beginTotp(checked(requests.beginTotp, asked), call);
      return {};
    },
    confirmTotp: (asked, call) => desk.confirmTotp(checked(requests.confirmTotp, asked), call),
    removeTotp: (asked, call) => desk.removeTotp(ref(asked), call),
    recordSignIn: (asked, call) => desk.recordSignIn(checked(requests.recordSignIn, asked), call),
    noteFailedSignIn: async (asked, call) => {
      await failed.note(checked(requests.noteFailedSignIn, asked), call);
      return {};
    },
    removeOperator: async (asked, call) => {
      await desk.removeOperator(ref(asked), call);
      return {};
    },
  } satisfies Partial<Handlers>;
}

function singleSignOnHandlers(desk: SingleSignOnDesk) {
  return {
    findBySubject: (asked, call) =>
      desk.findBySubject(checked(requests.findBySubject, asked), call),
    setSingleSignOn: (asked, call) =>
      desk.setSingleSignOn(checked(requests.setSingleSignOn, asked), call),
  } satisfies Partial<Handlers>;
}

function passkeyHandlers(desk: PasskeyDesk) {
  const ref = (asked: unknown) => checked(requests.operatorRef, asked);
  return {
    listPasskeys: (asked) => desk.listPasskeys(ref(asked)),
    findPasskey: (asked) => desk.findPasskey(checked(requests.findPasskey, asked)),
    addPasskey: (asked, call) => desk.addPasskey(checked(requests.addPasskey, asked), call),
    removePasskey: (asked, call) =>
      desk.removePasskey(checked(requests.removePasskey, asked), call),
    removePasskeys: (asked, call) => desk.removePasskeys(ref(asked), call),
    recordPasskeySignIn: (asked, call) =>
      desk.recordPasskeySignIn(checked(requests.recordPasskeySignIn, asked), call),
  } satisfies Partial<Handlers>;
}
