pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// 好差评: five levels, none suggested, and a plain way past it.
GsPage {
    id: screen

    required property Kiosk kiosk

    title: qsTr("这次办事，您觉得怎么样？")
    subtitle: qsTr("评不评都可以，怎么评都不影响办理。")
    backVisible: false
    primaryText: qsTr("不评了")
    busy: kiosk.visit.busy
    onPrimary: kiosk.visit.go("skip")

    GridLayout {
        Layout.fillWidth: true
        Layout.topMargin: GsTheme.gap
        columns: GsTheme.portrait ? 1 : 5
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap

        Repeater {
            model: [
                {
                    level: 1,
                    icon: "mood-happy",
                    words: qsTr("非常满意")
                },
                {
                    level: 2,
                    icon: "mood-smile",
                    words: qsTr("满意")
                },
                {
                    level: 3,
                    icon: "mood-empty",
                    words: qsTr("基本满意")
                },
                {
                    level: 4,
                    icon: "mood-sad",
                    words: qsTr("不满意")
                },
                {
                    level: 5,
                    icon: "mood-cry",
                    words: qsTr("非常不满意")
                }
            ]
            GsFace {
                required property var modelData
                objectName: "rate_" + modelData.level
                Layout.fillWidth: true
                iconName: modelData.icon
                text: modelData.words
                enabled: !screen.busy
                onClicked: screen.kiosk.finish.rate(modelData.level)
            }
        }
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
}
