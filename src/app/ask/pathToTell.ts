/** Where a document lies, as far as a model is told. */
export interface DocumentPlace {
  /** Below its workspace folder, with `/` between the parts; the name alone outside of every folder. */
  readonly path: string;
  /** Which of `folderNames` it lies in; undefined outside of all. */
  readonly folder: number | undefined;
  readonly folderNames: readonly string[];
}

/** The path that is told: with several workspace folders it begins with the folder's name. */
export function pathToTell({ path, folder, folderNames }: DocumentPlace): string {
  const name = folder === undefined ? undefined : folderNames[folder];
  if (folder === undefined || name === undefined || folderNames.length < 2) return path;
  const isShared = folderNames.filter(each => each === name).length > 1;
  // What lies above two folders of one name tells who the user is: their place in the list does not.
  return isShared ? `${name} (workspace folder ${folder + 1})/${path}` : `${name}/${path}`;
}
