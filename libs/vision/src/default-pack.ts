import { DEFAULT_FIGURES } from './gen/default-pack.figures.js';
import type { PackManifest } from './pack-manifest.js';

/** The models that Latchkey ships with: the ONNX files of npm `faceplugin-face-recognition-js`, as published. */
export const DEFAULT_PACK: PackManifest = {
  name: 'faceplugin-face-recognition-js',
  version: '0.0.1',
  licence: 'MIT',
  models: {
    detect: {
      file: 'model/fr_detect.onnx',
      sha256: '6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854',
    },
    landmarks: {
      file: 'model/fr_landmark.onnx',
      sha256: 'f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258',
    },
    embed: {
      file: 'model/fr_feature.onnx',
      sha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
    },
    liveness: {
      file: 'model/fr_liveness.onnx',
      sha256: 'afa783b7e902fdfcf323a7240cac2a1c580c25314ea4161129dc1b0d100dc32d',
    },
    eyes: {
      file: 'model/fr_eye.onnx',
      sha256: '1afcea006abc1ccac3c517022abde0aa092bed74ff3c9fe6878483ef9e6e38de',
    },
    pose: {
      file: 'model/fr_pose.onnx',
      sha256: '72d032ec941b7153bf8d3f2c03a4c165453cc7e63d479041ec7c6ef087e5839d',
    },
  },
  figures: DEFAULT_FIGURES,
};
