import type { SettingsReader } from '../ports/settingsReader';

/** Makes a model a favourite, the last of them, or no longer one. */
export async function toggleFavourite(
  settings: Pick<SettingsReader, 'current' | 'setFavourites'>,
  id: string,
): Promise<void> {
  const { favouriteModels } = settings.current;
  const others = favouriteModels.filter(each => each !== id);
  await settings.setFavourites(others.length < favouriteModels.length ? others : [...others, id]);
}
