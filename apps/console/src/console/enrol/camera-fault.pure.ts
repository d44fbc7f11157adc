/** Why a camera shows nothing. */
export type CameraFault = 'insecure' | 'refused' | 'missing' | 'busy' | 'gone' | 'failed';

/** The browsers' names for what went wrong (Media Capture and Streams, 10.2.4 and 10.3). */
const faults: ReadonlyMap<string, CameraFault> = new Map([
  ['NotAllowedError', 'refused'],
  ['SecurityError', 'refused'],
  ['NotFoundError', 'missing'],
  ['DevicesNotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['TrackStartError', 'busy'],
  ['AbortError', 'busy'],
]);

/** What an error of `getUserMedia` means. */
export function faultOf(error: unknown): CameraFault {
  return (error instanceof Error ? faults.get(error.name) : undefined) ?? 'failed';
}

/** What is said of it, and what to do. */
export const cameraWords: Readonly<Record<CameraFault, { title: string; action: string }>> = {
  insecure: {
    title: 'This address gets no camera.',
    action:
      'Browsers give cameras to https:// addresses and to http://localhost only: open the console by one of these.',
  },
  refused: {
    title: 'The camera is not allowed.',
    action: 'Allow it by the sign beside the address, or in the device’s settings; then try again.',
  },
  missing: {
    title: 'There is no camera.',
    action: 'Plug one in; this page notices it by itself.',
  },
  busy: {
    title: 'The camera is in use.',
    action: 'Close the other program or tab that has it, then try again.',
  },
  gone: {
    title: 'The camera is gone.',
    action: 'Plug it in again; this page notices it by itself. What was taken stays.',
  },
  failed: {
    title: 'The camera does not start.',
    action: 'Try again, or choose another camera.',
  },
};
