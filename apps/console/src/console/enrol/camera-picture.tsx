import { Button } from '../../look/button.js';
import { SelectField } from '../../look/fields.js';
import { Loading, Notice } from '../../look/words.js';
import { cameraWords } from './camera-fault.pure.js';
import type { Camera } from './use-camera.js';

/** What the camera sees, as in a mirror; or why there is no picture. */
export function CameraPicture({ camera }: { readonly camera: Camera }) {
  const { stream, fault, cameras, chosen, choose, retry, video, onSeen } = camera;
  return (
    <div className="stack">
      <div className="camera">
        {stream ? (
          <>
            <video
              ref={video}
              className="mirrored"
              aria-label="What the camera sees, mirrored"
              muted
              playsInline
              onLoadedData={onSeen}
            />
            <div className="guide" aria-hidden="true" />
          </>
        ) : null}
        {!stream && !fault ? <Loading what="Waiting for the camera: allow it" /> : null}
        {fault ? (
          <Notice tone="bad" title={cameraWords[fault].title}>
            <p>{cameraWords[fault].action}</p>
            {fault === 'insecure' ? null : (
              <Button size="small" onClick={retry}>
                Try again
              </Button>
            )}
          </Notice>
        ) : null}
      </div>
      {cameras.length > 1 ? (
        <SelectField label="Camera" value={chosen} onChange={({ target }) => choose(target.value)}>
          {cameras.map(({ deviceId, label }, index) => (
            <option key={deviceId} value={deviceId}>
              {label || `Camera ${index + 1}`}
            </option>
          ))}
        </SelectField>
      ) : null}
    </div>
  );
}
