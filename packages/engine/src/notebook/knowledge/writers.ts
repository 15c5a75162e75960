// Writers in native code: Python's audit hook does not hear of them, so a step stops before the cell.

import { memoize } from './memoize.ts';

const METHODS = /^(?:to_(?:parquet|feather|hdf|orc|netcdf|zarr|file|gpkg|sql)|write_(?:parquet|ipc|ndjson|csv|json|avro|delta|database|image|html|file|dataset|table|feather|netcdf|videofile)|sink_(?:parquet|csv|ipc)|save_(?:model|weights|pretrained|to_disk|checkpoint|binary)|saveAsTextFile|export_savedmodel|tofile)$/;
const FUNCTIONS = new RegExp([
  '^torch\\.(?:save|jit\\.save|onnx\\.export)$', '^pyarrow\\.(?:parquet|feather|csv|orc|dataset)\\.write_\\w+$', '^pyarrow\\.(?:parquet|csv)\\.(?:ParquetWriter|CSVWriter)$',
  '^cv2\\.(?:imwrite|VideoWriter|imwritemulti)$', '^tensorflow\\.(?:io\\.write_file|saved_model\\.save|keras\\.models\\.save_model|summary\\.\\w+|train\\.Checkpoint)$', '^keras\\.models\\.save_model$',
  '^soundfile\\.write$', '^imageio\\.(?:v\\d\\.)?(?:imwrite|mimwrite|mimsave|get_writer)$', '^skimage\\.io\\.imsave$', '^safetensors\\.\\w+\\.save_file$', '^faiss\\.write_index$', '^trimesh\\.exchange\\.',
  '^duckdb\\.(?:connect|sql|execute)$', '^lmdb\\.open$', '^zarr\\.(?:save|open|create|group)$', '^tables\\.open_file$', '^onnx\\.save\\w*$',
].join('|'));

/** Opened for writing, these write the same way. */
export function isNativeFile(absolute: string | null): boolean {
  return absolute !== null && /^(?:h5py\.File|netCDF4\.Dataset|rasterio\.open|pandas\.HDFStore)$/.test(absolute);
}

/** `model.save(…)` of keras and xarray's kin writes by HDF5. */
const SAVING_METHODS = new Set(['save', 'export']);

const isWritingFunction = memoize((absolute) => FUNCTIONS.test(absolute));
const isWritingMethod = memoize((method) => METHODS.test(method));

export function isNativeWriter(absolute: string | null, method: string | null, args: number): boolean {
  if (absolute !== null && isWritingFunction(absolute)) return true;
  if (method === null) return false;
  return isWritingMethod(method) || (args > 0 && SAVING_METHODS.has(method) && !/^(?:numpy|PIL|matplotlib|joblib)\b/.test(absolute ?? ''));
}
