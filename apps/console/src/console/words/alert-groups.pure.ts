/** What of an alert, or of the event that it is, says which others it belongs with. */
export interface Kindred {
  readonly type: string;
  readonly door?: string | null | undefined;
  readonly person?: string | null | undefined;
}

interface Groupable extends Kindred {
  readonly id: string;
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** null: nobody has seen to it. */
  readonly acknowledged: object | null;
}

/** Alerts that are one matter to whoever sees to them. */
export interface AlertGroup<Alert> {
  readonly key: string;
  readonly newest: Alert;
  /** The newest first. */
  readonly alerts: readonly Alert[];
}

/** The same for what happens again: of one kind, at one door, never about different people. */
export function kindredKey({ type, door, person }: Kindred): string {
  return JSON.stringify([type, door ?? null, person ?? null]);
}

/** Groups of what nobody has seen to, the newest first; what somebody has seen to stands alone, with who did. */
export function groupAlerts<Alert extends Groupable>(
  alerts: readonly Alert[],
): readonly AlertGroup<Alert>[] {
  const byTime = alerts.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
  const groups = Map.groupBy(byTime, (alert) =>
    alert.acknowledged ? alert.id : kindredKey(alert),
  );
  return [...groups].flatMap(([key, [newest, ...older]]) =>
    newest ? [{ key, newest, alerts: [newest, ...older] }] : [],
  );
}

/**
 * The newest groups, as many as there are places for. The newest of each kind is among them, so that strangers at many doors
 * push no alarm out of sight, nor alarms a stranger.
 */
export function foremost<Alert extends Groupable & { readonly kind: string }>(
  groups: readonly AlertGroup<Alert>[],
  places: number,
): readonly AlertGroup<Alert>[] {
  const kinds = new Set<string>();
  const isFirst = groups.map(({ newest: { kind } }) => kinds.size < kinds.add(kind).size);
  const firsts = groups.filter((_group, index) => isFirst[index]);
  const others = groups.filter((_group, index) => !isFirst[index]);
  const shown = new Set([...firsts, ...others].slice(0, places));
  return groups.filter((group) => shown.has(group));
}
