import type { OperatorRole } from '@latchkey/contracts';
import type { RouteId } from '../api.types.js';

const administrator = ['administrator'] as const;
const everyone = ['administrator', 'enroller', 'guard', 'auditor'] as const;
const enrolling = ['administrator', 'enroller'] as const;
const guarding = ['administrator', 'guard'] as const;
const caring = ['administrator', 'enroller', 'guard'] as const;
const watching = ['administrator', 'guard', 'auditor'] as const;
const looking = ['administrator', 'auditor'] as const;

/** Needs nobody to be signed in. */
export const publicRoutes = [
  'signIn',
  'beginPasskeySignIn',
  'signInByPasskey',
  'getFirstAdministrator',
  'createFirstAdministrator',
  'getSignInWays',
  'beginSingleSignOn',
  'finishSingleSignOn',
] as const;
type PublicRoute = (typeof publicRoutes)[number];

/** Who may do what: the one place that says so. A role that is not in a route's row is refused with LK-AUTH-004. */
export const permissions: Readonly<Record<Exclude<RouteId, PublicRoute>, readonly OperatorRole[]>> =
  {
    signOut: everyone,
    getMe: everyone,
    changePassword: everyone,
    beginTotp: everyone,
    confirmTotp: everyone,
    removeTotp: everyone,
    listPasskeys: everyone,
    beginPasskey: everyone,
    addPasskey: everyone,
    removePasskey: everyone,

    listOperators: looking,
    createOperator: administrator,
    updateOperator: administrator,
    resetOperatorPassword: administrator,
    removeOperatorPasskeys: administrator,
    removeOperator: administrator,
    setOperatorSingleSignOn: administrator,
    removeOperatorSingleSignOn: administrator,

    listPeople: everyone,
    getPerson: everyone,
    createPerson: enrolling,
    updatePerson: enrolling,
    beginEnrolment: enrolling,
    importPeople: enrolling,
    exportPeople: enrolling,
    addSample: enrolling,
    commitPerson: enrolling,
    abandonPerson: enrolling,
    reissueCode: caring,
    issueDuressCode: enrolling,
    suspendPerson: caring,
    resumePerson: enrolling,
    liftLock: guarding,
    getHeld: administrator,
    deletePerson: administrator,
    deleteAllPeople: administrator,

    listDoors: everyone,
    getOverview: everyone,
    getDoor: everyone,
    getDisplay: everyone,
    getReach: everyone,
    getPicture: guarding,
    createDoor: administrator,
    updateDoor: administrator,
    removeDoor: administrator,
    renewKioskToken: administrator,
    createPairing: administrator,
    unpair: administrator,
    testLock: administrator,

    listEvents: everyone,
    liveEvents: everyone,
    getEvidence: watching,
    listAlerts: watching,
    getAlert: watching,
    getLikeness: watching,
    acknowledgeAlert: guarding,
    listEntries: everyone,
    getInsights: looking,

    getStatus: looking,
    getModels: looking,
    // Caught mails hold codes that open doors.
    listInbox: administrator,
    getInboxMail: administrator,
    getInboxPage: administrator,
    getInboxAttachment: administrator,
    listDeliveries: looking,
    sendAgain: administrator,
    listDeadLetters: looking,
    getDeadLetter: looking,
    replayDeadLetter: administrator,
    dropDeadLetter: administrator,
    listAudit: looking,
    // Whole, so silent alarms and all: those are kept from auditors.
    listAuditChain: administrator,
  };

/** Whether a role may do what a route does; of a route that is not in the table nobody may. */
export function mayDo(role: OperatorRole, route: string): boolean {
  return rolesOf(route).includes(role);
}

/** All that a role may do, by route id. */
export function allThat(role: OperatorRole): RouteId[] {
  return Object.entries(permissions).flatMap(([id, roles]) =>
    roles.includes(role) ? [id as RouteId] : [],
  );
}

/** Whether a route needs nobody to be signed in. */
export function isPublic(route: string): boolean {
  return publicRoutes.some((id) => id === route);
}

/**
 * Holds that each route is in the table or public, never both, and that the table has no other.
 * @throws Error that names every route that isn't so, with the fix
 */
export function requirePermissions(routes: readonly { readonly id: string }[]): void {
  const ids = new Set(routes.map(({ id }) => id));
  const unlisted = [...ids].filter((id) => isPublic(id) === Object.hasOwn(permissions, id));
  const unknown = [...Object.keys(permissions), ...publicRoutes].filter((id) => !ids.has(id));
  const faults = [
    ...unlisted.map((id) => `${id}: give it one row in permissions, or list it in publicRoutes`),
    ...unknown.map((id) => `${id} is no route: take its row away`),
  ];
  if (faults.length > 0)
    throw new Error(`Routes and permissions differ:\n  ${faults.join('\n  ')}`);
}

function rolesOf(route: string): readonly OperatorRole[] {
  return Object.entries(permissions).find(([id]) => id === route)?.[1] ?? [];
}
