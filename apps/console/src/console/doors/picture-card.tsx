import { CameraLook } from '../words/camera-look.js';

/** What a door's camera sees. */
export function PictureCard({ id }: { readonly id: string }) {
  return (
    <section className="card stack" aria-labelledby="camera">
      <h2 id="camera">Camera</h2>
      <CameraLook door={id} />
    </section>
  );
}
