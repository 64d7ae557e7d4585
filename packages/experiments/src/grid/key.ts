import { sha256 } from '../data/sha256.js';
import type { MemberPlan } from '../ensemble-members.js';
import { canonicalJson, type RunSetting } from './setting.js';

/** What a run is known by: a hash of its whole setting. */
export async function runKey(setting: RunSetting): Promise<string> {
  return (await sha256(canonicalJson(setting))).slice(0, 20);
}

/** What a member of an ensemble is known by that is trained on gold tags: everything that its training depends on, whatever it is a member of. */
export async function memberKey(
  { recipe: training, seed }: Pick<MemberPlan, 'recipe' | 'seed'>,
  { data, digests, limits, target, sources, size, of, sourceSize, script, draw, threads }: RunSetting,
): Promise<string> {
  const corpora = { data, digests, limits, target, sources, size, of, sourceSize, script, draw };
  return (await sha256(canonicalJson({ training, seed, threads, ...corpora }))).slice(0, 20);
}
