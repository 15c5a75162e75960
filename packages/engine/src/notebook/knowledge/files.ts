// Calls that read or write a file whose name stands in the text, and where in the call it stands.

import { memoize } from './memoize.ts';

export type FileAct = 'read' | 'write' | 'change';

export interface FileArgument {
  /** Position or keyword of the path; `receiver`: the object the method belongs to. */
  readonly at: number | 'receiver';
  readonly keyword: string;
  readonly act: FileAct | 'by-mode';
  /** Position of the mode, where there is one. */
  readonly mode: number | null;
}

const at = (position: FileArgument['at'], act: FileArgument['act'], keyword = '', mode: number | null = null): FileArgument => ({ at: position, act, keyword, mode });

const FUNCTIONS: readonly (readonly [RegExp, readonly FileArgument[]])[] = [
  [/^(?:builtins\.open|io\.open|codecs\.open|gzip\.open|bz2\.open|lzma\.open)$/, [at(0, 'by-mode', 'file', 1)]],
  [/^(?:h5py\.File|zipfile\.ZipFile|tarfile\.open|netCDF4\.Dataset|rasterio\.open|pandas\.HDFStore|shelve\.open)$/, [at(0, 'by-mode', 'name', 1)]],
  [/^pandas\.(?:read_\w+|ExcelFile)$/, [at(0, 'read', 'filepath_or_buffer')]],
  [/^pandas\.ExcelWriter$/, [at(0, 'write', 'path')]],
  [/^(?:polars|geopandas|pyarrow\.\w+|dask\.dataframe)\.(?:read_\w+|scan_\w+)$/, [at(0, 'read', 'source')]],
  [/^pyarrow\.\w+\.write_\w+$/, [at(1, 'write', 'where')]],
  [/^numpy\.(?:load|loadtxt|genfromtxt|fromfile|memmap)$/, [at(0, 'read', 'file')]],
  [/^numpy\.(?:save|savez|savez_compressed|savetxt)$/, [at(0, 'write', 'file')]],
  [/^joblib\.load$|^torch\.load$|^(?:cloudpickle|dill)\.load$/, [at(0, 'read', 'filename')]],
  [/^joblib\.dump$|^torch\.save$|^torch\.jit\.save$/, [at(1, 'write', 'filename')]],
  [/^cv2\.imread$|^PIL\.Image\.open$|^(?:skimage\.io|imageio(?:\.v\d)?|matplotlib\.(?:image|pyplot))\.imread$/, [at(0, 'read', 'filename')]],
  [/^cv2\.imwrite$|^(?:skimage\.io|imageio(?:\.v\d)?|matplotlib\.(?:image|pyplot))\.(?:imsave|imwrite)$|^matplotlib\.pyplot\.savefig$/, [at(0, 'write', 'filename')]],
  [/^(?:tensorflow\.)?keras\.models\.load_model$|^tensorflow\.saved_model\.load$/, [at(0, 'read', 'filepath')]],
  [/^shutil\.(?:copy|copy2|copyfile|copytree|move)$|^os\.(?:rename|replace|link|symlink)$/, [at(0, 'read', 'src'), at(1, 'write', 'dst')]],
  [/^os\.(?:remove|unlink|rmdir|removedirs|truncate)$|^shutil\.rmtree$/, [at(0, 'change', 'path')]],
  // Making a folder that may be there already changes nothing for the next who makes it.
  [/^os\.(?:mkdir|makedirs)$/, [at(0, 'write', 'path')]],
  [/^os\.(?:listdir|scandir|walk)$|^glob\.i?glob$/, [at(0, 'read', 'path')]],
  [/^os\.(?:stat|lstat|access|readlink|path\.(?:exists|lexists|isfile|isdir|islink|getsize|get[acm]time))$/, [at(0, 'read', 'path')]],
  [/^os\.path\.samefile$|^filecmp\.cmp$/, [at(0, 'read', 'f1'), at(1, 'read', 'f2')]],
  [/^urllib\.request\.urlretrieve$|^wget\.download$/, [at(1, 'write', 'filename')]],
  [/^sqlite3\.connect$/, [at(0, 'change', 'database')]],
  [/^builtins\.exec$|^runpy\.run_path$/, [at(0, 'read')]],
];

const METHODS: readonly (readonly [RegExp, readonly FileArgument[]])[] = [
  [/^to_(?:csv|json|excel|pickle|parquet|feather|hdf|html|latex|markdown|stata|xml|orc|netcdf|zarr|file)$/, [at(0, 'write', 'path_or_buf')]],
  [/^(?:savefig|write_(?:parquet|csv|json|ipc|ndjson|image|html)|save_model|save_weights|save_pretrained|save_checkpoint|tofile|save|export)$/, [at(0, 'write', 'fname')]],
  [/^(?:load_model|load_weights|from_pretrained)$/, [at(0, 'read', 'filepath')]],
  [/^(?:write_text|write_bytes|touch|mkdir)$/, [at('receiver', 'write')]],
  [/^(?:unlink|rmdir)$/, [at('receiver', 'change')]],
  [/^(?:read_text|read_bytes|iterdir|glob|rglob|exists|stat|lstat|is_file|is_dir|is_symlink)$/, [at('receiver', 'read')]],
  [/^open$/, [at('receiver', 'by-mode', '', 0)]],
  [/^(?:rename|replace)$/, [at('receiver', 'change'), at(0, 'write', 'target')]],
];

const ofFunction = memoize((absolute) => FUNCTIONS.find(([pattern]) => pattern.test(absolute))?.[1] ?? null);
const ofMethod = memoize((method) => METHODS.find(([pattern]) => pattern.test(method))?.[1] ?? null);

export function fileArguments(absolute: string | null, method: string | null): readonly FileArgument[] {
  const own = absolute === null ? null : ofFunction(absolute);
  return own ?? (method === null ? null : ofMethod(method)) ?? [];
}

/** Asked by a system call of which Python tells nobody, or read in native code. */
const SILENT = /^os\.(?:stat|lstat|access|readlink|path\.\w+)$|^filecmp\.cmp$|^(?:polars|geopandas|pyarrow\.\w+)\.|^(?:h5py\.File|netCDF4\.Dataset|rasterio\.open|pandas\.HDFStore|pandas\.read_hdf|cv2\.imread)$|keras\.models\.load_model$|^torch\.load$/;
const SILENT_METHODS = /^(?:exists|stat|lstat|is_file|is_dir|is_symlink|load_model|load_weights)$/;

/** Whether no audit event of Python's says which file such a call looks at. */
export function isSilent(absolute: string | null, method: string | null): boolean {
  return (absolute !== null && SILENT.test(absolute)) || (method !== null && SILENT_METHODS.test(method));
}

export function actOfMode(mode: string | null): FileAct {
  if (mode === null || /^(?:r[bt]?|[bt]r?|)$/.test(mode)) return 'read';
  return /^[wx]/.test(mode) ? 'write' : 'change';
}

/** One spelling per file: relative to the notebook, no `./`, no `a/../`. Null for what is no path. */
export function normalisePath(text: string): string | null {
  if (text === '' || /[\n\0]|^\w+:\/\//.test(text)) return null;
  const root = text.startsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of text.replaceAll('\\', '/').split('/').filter((each) => each !== '' && each !== '.')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.length === 0 ? null : root + parts.join('/');
}
