import { sha256 } from '../data/sha256.js';
import type { MemberPlan } from '../ensemble-members.js';
import { canonicalJson, type RunSetting } from './setting.js';

/** What a run is known by: a hash of its whole setting. */
export async function runKey(setting: RunSetting): Promise<string> {
  return (await sha256(canonicalJson(setting))).slice(0, 20);
}

/** With what a member is trained. */
export interface MemberBuild {
  /** Of Node and of the packages. */
  readonly versions: Readonly<Record<string, string>>;
  /** Of a network: the backend and kind of kernels that it computes with. */
  readonly backend?: string | undefined;
}

/**
 * What a member of an ensemble is known by that is trained on gold tags: everything that its training depends on, whatever it is a member of. A run's
 * record says with which build it was made; a member has none, and so the build is part of its key.
 */
export async function memberKey(
  { recipe: training, seed }: Pick<MemberPlan, 'recipe' | 'seed'>,
  build: MemberBuild,
  { data, digests, limits, target, sources, size, of, sourceSize, script, draw, threads }: RunSetting,
): Promise<string> {
  const corpora = { data, digests, limits, target, sources, size, of, sourceSize, script, draw };
  return (await sha256(canonicalJson({ training, seed, build, threads, ...corpora }))).slice(0, 20);
}
