"""The worked example of Lào Cai: published facts, and made-up returns that add up to them.

    from fansipan.examples import laocai
    province = laocai.build()

Every row says whether it is `published` or `illustrative`. No establishment of the example is a real one.
"""

from fansipan.examples.laocai.building import build

__all__ = ["build"]
