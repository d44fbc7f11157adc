/** What is connected at a door, in words. `cameras`: all that send frames, kiosks among them. */
export function connectedWords(there: {
  readonly kiosks: number;
  readonly cameras: number;
}): string {
  const { kiosks, cameras } = there;
  const paired = kiosks === 1 ? '1 kiosk' : `${kiosks === 0 ? 'No' : kiosks} kiosks`;
  const sending = cameras === 1 ? '1 camera' : `${cameras} cameras`;
  return `${paired}; ${cameras === 0 ? 'no camera sends pictures' : `pictures from ${sending}`}`;
}
