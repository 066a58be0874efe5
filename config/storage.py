"""Static files under hashed names, ES modules included, compressed once at collectstatic."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage with Django's rewriting of `import` between modules switched on."""

    support_js_module_import_aggregation = True
    # A name changes with those of all it imports, a pass for each step down: more than Django's 5.
    max_post_process_passes = 20
