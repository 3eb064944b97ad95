//! Steps for several conversations at once, over HTTP.

use protocol::call::Rate as _;
