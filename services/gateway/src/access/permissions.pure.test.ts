import { describe, expect, it } from 'vitest';
import { routes } from '../route-table.js';
import {
  allThat,
  mayDo,
  permissions,
  publicRoutes,
  requirePermissions,
} from './permissions.pure.js';

describe('the table of permissions', () => {
  it('has a row for each route but the public ones, and no other', () => {
    expect(() => requirePermissions(routes)).not.toThrow();
  });

  it('a route without a row stops the start, and so does a row without its route', () => {
    expect(() => requirePermissions([...routes, { id: 'openDoor' }])).toThrow(
      /openDoor: give it one row in permissions/,
    );
    expect(() => requirePermissions(routes.filter(({ id }) => id !== 'getMe'))).toThrow(
      /getMe is no route: take its row away/,
    );
  });

  it('what is not in it nobody may do', () => {
    for (const route of ['openDoor', 'constructor', '__proto__', ...publicRoutes]) {
      expect(mayDo('administrator', route)).toBe(false);
    }
  });

  it('administrators may do everything', () => {
    expect(allThat('administrator')).toEqual(Object.keys(permissions));
  });

  it('auditors change nothing but their own account', () => {
    const factors = ['beginTotp', 'confirmTotp', 'removeTotp'];
    const passkeys = ['beginPasskey', 'addPasskey', 'removePasskey'];
    const own = ['signOut', 'changePassword', ...factors, ...passkeys];
    const changing = routes.filter(({ method }) => method !== 'get').map(({ id }) => id);
    expect(
      allThat('auditor')
        .filter((id) => changing.includes(id))
        .toSorted(),
    ).toEqual(own.toSorted());
  });
});
