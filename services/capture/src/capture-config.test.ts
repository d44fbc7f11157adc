import { readConfig } from '@latchkey/runtime';
import { describe, expect, it } from 'vitest';
import { captureConfig } from './capture.config.js';

describe('the settings of capture', () => {
  it('take cameras as JSON, with defaults', () => {
    const LK_CAMERAS = '[{"door": "gate", "source": "frames/"}]';
    expect(readConfig(captureConfig, { LK_CAMERAS }).LK_CAMERAS).toEqual([
      { door: 'gate', camera: 'main', source: 'frames/', fps: 10, loop: true },
    ]);
    expect(readConfig(captureConfig, {}).LK_CAMERAS).toEqual([]);
  });

  it('say what is wrong, by the variable’s name, all at once', () => {
    const faultsOf = (env: NodeJS.ProcessEnv) => {
      try {
        readConfig(captureConfig, env);
        return 'none';
      } catch (error) {
        return error instanceof Error ? error.message : 'no error';
      }
    };
    const twice = '[{"door": "a", "source": "x"}, {"door": "a", "source": "y"}]';
    expect(faultsOf({ LK_CAMERAS: twice })).toContain('two cameras of one name');
    expect(faultsOf({ LK_CAMERAS: 'no-such-file.json' })).toContain('LK_CAMERAS');
    const both = faultsOf({ LK_CAMERAS: '[{"door": "A b"}]', LK_KIOSK_PORT: '99999' });
    expect(both).toContain('LK_CAMERAS');
    expect(both).toContain('LK_KIOSK_PORT');
    expect(faultsOf({ LK_TLS_CERT_FILE: 'no-such.pem' })).toContain('a file that can be read');
    const halfTls = faultsOf({ LK_TLS_CERT_FILE: import.meta.filename });
    expect(halfTls).toContain('LK_TLS_KEY_FILE');
  });
});
