import { sha256 } from '../data/sha256.js';
import { canonicalJson, type RunSetting } from './setting.js';

/** What a run is known by: a hash of its whole setting. */
export async function runKey(setting: RunSetting): Promise<string> {
  return (await sha256(canonicalJson(setting))).slice(0, 20);
}
