"""Who knocks at which door of videos, sounds, comments and feeds, and what is answered.

One sign (tables.py) for each of WHO (people.py), from the left: anonymous; stranger, ex, blocked;
kid (14), teen (16), moderator; friend, owner. The video is the owner's, the
comment under it the friend's.

A new route without a row fails test_films.py.
"""

ROUTES = """
# Everybody, signed in or not.
+ +++ +++ ++
    get /
    get discover/
    get tags/{name}/
    get sounds/
    get api/v1/feed/
    post api/v1/watch/
    get api/v1/search/
    get api/v1/discover/
    get api/v1/sounds/
    get about/feed/
    get api/v1/feed/about/

# Whoever is signed in: what is one's own, and where the shape is read first.
? +++ +++ ++
    get upload/
    post upload/
    get drafts/
    post drafts/
    get settings/feed/
    post settings/feed/
    get saved/
    get collections/
    post collections/
    get history/
    get insights/
    get insights/{table}.csv
    get settings/videos/
    post settings/videos/
    get settings/comments/
    post settings/comments/
    get credits/
    get api/v1/feed/settings/
    patch api/v1/feed/settings/
    post api/v1/feed/reset/
    get api/v1/feed/tastes/
    post api/v1/feed/tastes/
    delete api/v1/feed/tastes/{taste}/
    post api/v1/videos/
    put api/v1/videos/{video}/cover/
    get api/v1/me/saved/
    get api/v1/me/liked/
    get api/v1/me/history/
    delete api/v1/me/history/
    get api/v1/me/history/setting/
    put api/v1/me/history/setting/
    get api/v1/collections/
    post api/v1/collections/
    post api/v1/collections/{collection}/people/
    get api/v1/me/video-settings/
    patch api/v1/me/video-settings/
    get api/v1/me/comment-filter/
    patch api/v1/me/comment-filter/
    get api/v1/drafts/
    post api/v1/drafts/
    patch api/v1/sounds/{sound}/
    post api/v1/videos/{video}/stitch/
    post api/v1/videos/{video}/subtitles/
    put api/v1/videos/{video}/subtitles/{language}/
    post api/v1/videos/{video}/versions/
    get api/v1/me/credits/
    get api/v1/insights/
    get api/v1/insights/{table}.csv

# Whose it is: for everybody else there is no such thing.
? ... ... .+
    get drafts/{draft}/
    post drafts/{draft}/
    get drafts/{draft}/post/
    post drafts/{draft}/post/
    post drafts/{draft}/post/now/
    post drafts/{draft}/take-back/
    post drafts/{draft}/copy/
    post drafts/{draft}/delete/
    get videos/{video}/edit/
    post videos/{video}/edit/
    post videos/{video}/cover/
    get videos/{video}/insights/
    get videos/{video}/insights/{table}.csv
    get videos/{video}/credits/
    post videos/{video}/credits/
    get videos/{video}/film/
    post videos/{video}/film/
    get videos/{video}/film/status/
    get videos/{video}/subtitles/
    post videos/{video}/subtitles/
    get videos/{video}/subtitles/{language}/
    post videos/{video}/subtitles/{language}/
    post videos/{video}/subtitles/{language}/delete/
    patch api/v1/collections/{collection}/
    delete api/v1/collections/{collection}/
    put api/v1/collections/{collection}/videos/{video}/
    delete api/v1/collections/{collection}/videos/{video}/
    delete api/v1/collections/{collection}/people/{username}/
    get api/v1/clips/{clip}/
    delete api/v1/clips/{clip}/
    get api/v1/clips/{clip}/preview/
    get api/v1/drafts/{draft}/
    patch api/v1/drafts/{draft}/
    delete api/v1/drafts/{draft}/
    post api/v1/drafts/{draft}/copy/
    post api/v1/drafts/{draft}/publish/
    delete api/v1/drafts/{draft}/publish/
    get api/v1/videos/{video}/versions/
    get api/v1/videos/{video}/insights/
    get api/v1/videos/{video}/insights/{table}.csv

# A public video and what is around it: not for those whom its author blocks (R15).
+ ++. +++ ++
    get videos/{video}/
    get videos/{video}/status/
    get videos/{video}/why/
    get videos/{video}/comments/
    get videos/{video}/sound/
    get videos/{video}/remixes/
    get sounds/{sound}/
    get media/sounds/{sound}/{name}
    get comments/{comment}/answers/
    get videos/{video}/subtitles/{language}.vtt
    get media/videos/{video}/{name}
    get api/v1/videos/{video}/
    get api/v1/videos/{video}/why/
    get api/v1/videos/{video}/comments/
    get api/v1/comments/{comment}/answers/
    get api/v1/users/{username}/reposts/
    get api/v1/users/{username}/collections/
    get api/v1/sounds/{sound}/
    get api/v1/sounds/{sound}/videos/
    get api/v1/videos/{video}/sound/
    get api/v1/videos/{video}/rights/
    get api/v1/videos/{video}/remixes/
    get api/v1/videos/{video}/credits/
    get api/v1/videos/{video}/subtitles/
    get api/v1/videos/{video}/subtitles/{language}/
    get api/v1/users/{username}/videos/

# What one does with a video that one sees.
? ++. +++ ++
    post videos/{video}/less/
    get videos/{video}/download/
    post videos/{video}/download/
    post videos/{video}/like/
    post videos/{video}/comments/
    post videos/{video}/duet/
    post videos/{video}/stitch/
    post comments/{comment}/video/
    post sounds/{sound}/save/
    post sounds/{sound}/use/
    post videos/{video}/save/
    get videos/{video}/keep/
    post comments/{comment}/{verb}/
    get api/v1/videos/{video}/download/
    post api/v1/videos/{video}/download/
    post api/v1/videos/{video}/like/
    delete api/v1/videos/{video}/like/
    post api/v1/videos/{video}/comments/
    post api/v1/comments/{comment}/like/
    delete api/v1/comments/{comment}/like/
    post api/v1/videos/{video}/saved/
    delete api/v1/videos/{video}/saved/
    delete api/v1/videos/{video}/repost/
    delete api/v1/me/history/{video}/
    post api/v1/sounds/{sound}/save/
    delete api/v1/sounds/{sound}/save/
    post api/v1/sounds/{sound}/use/
    post api/v1/videos/{video}/duet/
    post api/v1/comments/{comment}/video-reply/
    post api/v1/videos/{video}/not-interested/

# Trying again what failed: whose it is, and staff.
? --. --+ -+
    post videos/{video}/retry/
    post api/v1/videos/{video}/retry/

# Whose video it is.
? --. --- -+
    post videos/{video}/delete/
    post sounds/{sound}/lend/
    post sounds/{sound}/withdraw/
    patch api/v1/videos/{video}/
    delete api/v1/videos/{video}/
    post api/v1/comments/{comment}/pin/
    delete api/v1/comments/{comment}/pin/
    post api/v1/comments/{comment}/heart/
    delete api/v1/comments/{comment}/heart/
    post api/v1/comments/{comment}/approval/
    post api/v1/sounds/{sound}/withdraw/
    post api/v1/videos/{video}/credits/
    delete api/v1/videos/{video}/subtitles/{language}/

# It was made of nobody else's, nothing is to be taken out.
? --. --- --
    post videos/{video}/take-out/
    delete api/v1/videos/{video}/parent/

# Nobody here: it is not there, not on, or asks for something that is not.
? ... ... ..
    post videos/{video}/keep/
    post history/
    post videos/{video}/credits/answer/
    post videos/{video}/credits/{username}/remove/
    post videos/{video}/film/take-back/
    get videos/{video}/subtitles/write/
    get api/v1/videos/{video}/download/file/
    put api/v1/videos/{video}/credits/me/
    delete api/v1/videos/{video}/credits/me/
    delete api/v1/videos/{video}/versions/

# Reposting: of others' videos.
? ++. +++ +-
    post videos/{video}/repost/
    post api/v1/videos/{video}/repost/

# A collection that nobody else was let into.
. ... ... .+
    get collections/{collection}/
    get api/v1/collections/{collection}/
    get api/v1/collections/{collection}/videos/

# A form whose shape is read first.
. ... ... ..
    post collections/{collection}/

# Who said it, and whose video it is.
? --. --- ++
    post comments/{comment}/delete/
    delete api/v1/comments/{comment}/

# Whose video it is: nobody was named in it.
? --. --- -.
    delete api/v1/videos/{video}/credits/{username}/
"""

# The same doors, where the video is for friends alone: of others none learns that it is there.
FOR_FRIENDS = """
# The video and all that is around it: for friends.
. ... ... ++
    get videos/{video}/
    get videos/{video}/status/
    get videos/{video}/why/
    get videos/{video}/comments/
    post videos/{video}/comments/
    get videos/{video}/sound/
    get videos/{video}/remixes/
    get sounds/{sound}/
    get media/sounds/{sound}/{name}
    get comments/{comment}/answers/
    get videos/{video}/subtitles/{language}.vtt
    get media/videos/{video}/{name}
    get api/v1/videos/{video}/
    get api/v1/videos/{video}/why/
    get api/v1/videos/{video}/comments/
    get api/v1/comments/{comment}/answers/
    get api/v1/sounds/{sound}/
    get api/v1/sounds/{sound}/videos/
    get api/v1/videos/{video}/sound/
    get api/v1/videos/{video}/rights/
    get api/v1/videos/{video}/remixes/
    get api/v1/videos/{video}/credits/
    get api/v1/videos/{video}/subtitles/
    get api/v1/videos/{video}/subtitles/{language}/

# What one does with a video that one sees.
? ... ... ++
    post videos/{video}/less/
    post videos/{video}/like/
    post videos/{video}/stitch/
    post comments/{comment}/video/
    post sounds/{sound}/save/
    post videos/{video}/save/
    get videos/{video}/keep/
    post comments/{comment}/delete/
    post comments/{comment}/{verb}/
    post api/v1/videos/{video}/like/
    delete api/v1/videos/{video}/like/
    post api/v1/videos/{video}/comments/
    delete api/v1/comments/{comment}/
    post api/v1/comments/{comment}/like/
    delete api/v1/comments/{comment}/like/
    post api/v1/videos/{video}/saved/
    delete api/v1/videos/{video}/saved/
    delete api/v1/videos/{video}/repost/
    delete api/v1/me/history/{video}/
    post api/v1/sounds/{sound}/save/
    delete api/v1/sounds/{sound}/save/
    post api/v1/comments/{comment}/video-reply/
    post api/v1/videos/{video}/not-interested/

# Whose video it is; friends see it, and may not.
? ... ... -+
    get videos/{video}/download/
    post videos/{video}/download/
    post videos/{video}/retry/
    post videos/{video}/delete/
    post videos/{video}/duet/
    post sounds/{sound}/use/
    post sounds/{sound}/lend/
    post sounds/{sound}/withdraw/
    patch api/v1/videos/{video}/
    delete api/v1/videos/{video}/
    post api/v1/videos/{video}/retry/
    get api/v1/videos/{video}/download/
    post api/v1/videos/{video}/download/
    post api/v1/comments/{comment}/pin/
    delete api/v1/comments/{comment}/pin/
    post api/v1/comments/{comment}/heart/
    delete api/v1/comments/{comment}/heart/
    post api/v1/comments/{comment}/approval/
    post api/v1/sounds/{sound}/use/
    post api/v1/sounds/{sound}/withdraw/
    post api/v1/videos/{video}/duet/
    post api/v1/videos/{video}/credits/
    delete api/v1/videos/{video}/subtitles/{language}/

# Whose it is: for everybody else there is no such thing.
? ... ... .+
    get videos/{video}/edit/
    post videos/{video}/edit/
    post videos/{video}/cover/
    get videos/{video}/insights/
    get videos/{video}/insights/{table}.csv
    get videos/{video}/credits/
    post videos/{video}/credits/
    get videos/{video}/film/
    post videos/{video}/film/
    get videos/{video}/film/status/
    get videos/{video}/subtitles/
    post videos/{video}/subtitles/
    get videos/{video}/subtitles/{language}/
    post videos/{video}/subtitles/{language}/
    post videos/{video}/subtitles/{language}/delete/
    put api/v1/collections/{collection}/videos/{video}/
    delete api/v1/collections/{collection}/videos/{video}/
    get api/v1/videos/{video}/versions/
    get api/v1/videos/{video}/insights/
    get api/v1/videos/{video}/insights/{table}.csv

# What nobody does with a video for friends.
? ... ... --
    post videos/{video}/take-out/
    post videos/{video}/repost/
    post api/v1/videos/{video}/repost/
    delete api/v1/videos/{video}/parent/

# Nobody here: it is not there, not on, or asks for something that is not.
? ... ... ..
    post videos/{video}/keep/
    post videos/{video}/credits/answer/
    post videos/{video}/credits/{username}/remove/
    post videos/{video}/film/take-back/
    get videos/{video}/subtitles/write/
    put api/v1/videos/{video}/credits/me/
    delete api/v1/videos/{video}/credits/me/
    delete api/v1/videos/{video}/versions/

# The shape is read first: nobody learns from it what there is.
? +++ +++ ++
    put api/v1/videos/{video}/cover/
    patch api/v1/sounds/{sound}/
    post api/v1/videos/{video}/stitch/
    post api/v1/videos/{video}/subtitles/
    put api/v1/videos/{video}/subtitles/{language}/
    post api/v1/videos/{video}/versions/

# Nothing was asked for.
? ... ... -.
    get api/v1/videos/{video}/download/file/
    delete api/v1/videos/{video}/credits/{username}/
"""
