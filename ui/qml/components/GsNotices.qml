pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"

// Emergency notices, each with from when until when; rows of `ui.controllers.board`.
ColumnLayout {
    id: notices

    required property var model
    property int most: 100
    // title and times alone
    property bool brief: false
    property color ink: GsTheme.colour.textSoft

    visible: list.count > 0
    spacing: GsTheme.gapSmall

    Repeater {
        id: list
        model: notices.model
        GsBanner {
            required property int index
            required property string kind
            required property string title
            required property string titleEn
            required property string body
            required property string bodyEn
            required property string begins
            required property string ends

            objectName: "notice_" + index
            visible: index < notices.most
            Layout.fillWidth: true
            mood: "warn"
            iconName: ({
                    power: "plug-connected-x",
                    maintenance: "tools",
                    closed: "clock"
                })[kind] ?? "alert-triangle"
            text: GsWords.both(title, titleEn, GsTheme.english)
            action: [GsWords.span(begins, ends), notices.brief ? "" : GsWords.both(body, bodyEn, GsTheme.english)].filter(part => part !== "").join("\n")
        }
    }
    GsText {
        visible: list.count > notices.most
        Layout.fillWidth: true
        text: qsTr("还有 %1 条通知，点开首页看。").arg(list.count - notices.most)
        role: "small"
        color: notices.ink
    }
}
