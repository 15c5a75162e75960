"""A store as workers and kernels use it: blobs, manifests and logs by key."""
