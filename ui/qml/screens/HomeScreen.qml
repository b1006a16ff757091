pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// Find what to do: by words, by theme, from what is done most; or see one's own cases.
GsPage {
    id: screen

    required property Kiosk kiosk
    readonly property CatalogueController catalogue: kiosk.catalogue
    readonly property bool browsing: catalogue.query === "" && catalogue.topic === ""

    backVisible: catalogue.topic !== ""
    backText: qsTr("全部主题")
    footerVisible: backVisible
    onBack: catalogue.openTopic("")

    Connections {
        target: screen.kiosk.codes
        function onSearched(text: string) {
            search.text = text;
        }
    }

    GsText {
        objectName: "pageTitle"
        Layout.fillWidth: true
        Layout.topMargin: GsTheme.gapLarge
        visible: !screen.condensed
        text: screen.kiosk.visit.staffHere ? qsTr("%1，请选择要代办的事项").arg(screen.kiosk.staff.name) : qsTr("您好，今天想办什么事？")
        role: "title"
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    GsSearchField {
        id: search
        objectName: "searchField"
        Layout.fillWidth: true
        Layout.topMargin: screen.condensed ? GsTheme.gapSmall : 0
        placeholderText: qsTr("要办什么？例如：低保、社保卡")
        onTextChanged: screen.catalogue.search(text)
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }

    GsNotices {
        visible: screen.browsing && !screen.condensed && screen.kiosk.board.notices.count > 0
        Layout.fillWidth: true
        model: screen.kiosk.board.notices
    }

    // what was found
    GsText {
        visible: screen.catalogue.query !== ""
        Layout.fillWidth: true
        text: screen.catalogue.hits.count === 0 ? qsTr("没有找到“%1”。换个说法试试，或者看看下面常办的事。").arg(screen.catalogue.query) : qsTr("找到 %1 件事").arg(screen.catalogue.hits.count)
        role: "body"
        soft: true
    }
    GsText {
        visible: screen.catalogue.topic !== "" && screen.catalogue.query === ""
        Layout.fillWidth: true
        text: screen.catalogue.topic
        role: "lead"
        strong: true
    }
    GsItemList {
        visible: !screen.browsing
        Layout.fillWidth: true
        items: screen.catalogue.hits
        prefix: "hit"
        onChosen: code => screen.catalogue.choose(code)
    }

    // what there is
    GridLayout {
        visible: screen.browsing && !screen.condensed
        Layout.fillWidth: true
        columns: GsTheme.portrait ? (GsTheme.elder ? 1 : 2) : GsTheme.elder || GsTheme.compact ? 2 : 3
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        GsChoice {
            objectName: "myCases"
            Layout.fillHeight: true
            Layout.fillWidth: true
            text: qsTr("我的办件")
            note: qsTr("刷身份证，查进度、补材料、打印结果、接着上次的办")
            iconName: "clipboard-list"
            onClicked: screen.kiosk.visit.go("my_cases")
        }
        GsChoice {
            objectName: "mayGet"
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: qsTr("我能办什么")
            note: qsTr("答几个简单的问题，看看能办哪些事")
            iconName: "list-check"
            onClicked: screen.kiosk.visit.go("may_get")
        }
        GsChoice {
            objectName: "articles"
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: qsTr("政策和常见问题")
            note: qsTr("政策、常见问题、公告，没网也能看")
            iconName: "file-text"
            onClicked: screen.kiosk.visit.go("articles")
        }
        GsChoice {
            objectName: "feedback"
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: qsTr("提意见、报差错")
            note: qsTr("报差错、投诉、建议，当场给编号")
            iconName: "message-circle"
            onClicked: screen.kiosk.visit.go("feedback")
        }
        GsChoice {
            objectName: "verifyReceipt"
            Layout.fillWidth: true
            Layout.fillHeight: true
            text: qsTr("查回执真假")
            note: qsTr("照一下回执上的方格码，不用网络")
            iconName: "qrcode"
            onClicked: screen.kiosk.visit.go("verify")
        }
        GsChoice {
            objectName: "staffEntry"
            Layout.fillHeight: true
            Layout.fillWidth: true
            visible: !screen.kiosk.visit.staffHere
            text: qsTr("请人帮忙")
            note: qsTr("工作人员登录后帮您一起办，不收费")
            iconName: "user-shield"
            onClicked: screen.kiosk.visit.go("staff")
        }
        GsChoice {
            objectName: "openPrints"
            Layout.fillHeight: true
            Layout.fillWidth: true
            visible: screen.kiosk.visit.staffHere
            text: qsTr("没打完的纸")
            note: screen.kiosk.prints.rows.count > 0 ? qsTr("%1 张纸没有打完，请看一看").arg(screen.kiosk.prints.rows.count) : qsTr("没有要处理的纸")
            iconName: screen.kiosk.prints.rows.count > 0 ? "alert-triangle" : "printer"
            onClicked: screen.kiosk.visit.go("open_prints")
        }
        GsChoice {
            objectName: "supervise"
            Layout.fillHeight: true
            Layout.fillWidth: true
            visible: screen.kiosk.visit.staffHere && screen.kiosk.supervisor.allowed
            text: qsTr("日终核对")
            note: qsTr("收件、回执和县里收到的对一对；接手别人没办完的")
            iconName: "list-check"
            onClicked: screen.kiosk.visit.go("supervise")
        }
    }
    GsText {
        visible: screen.browsing || screen.catalogue.hits.count === 0
        Layout.fillWidth: true
        Layout.topMargin: GsTheme.gap
        text: qsTr("常办的事")
        role: "lead"
        strong: true
    }
    GsItemList {
        visible: screen.browsing || screen.catalogue.hits.count === 0
        Layout.fillWidth: true
        items: screen.catalogue.popular
        onChosen: code => screen.catalogue.choose(code)
    }
    GsText {
        visible: screen.browsing
        Layout.fillWidth: true
        Layout.topMargin: GsTheme.gap
        text: qsTr("按主题找")
        role: "lead"
        strong: true
    }
    GridLayout {
        visible: screen.browsing
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 2 : GsTheme.elder ? 3 : 4
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        Repeater {
            model: screen.catalogue.topics
            GsChoice {
                required property string topic
                required property int items
                Layout.fillWidth: true
                Layout.fillHeight: true
                objectName: "topic_" + topic
                text: topic
                note: qsTr("%1 件").arg(items)
                iconName: GsTopics.icon(topic)
                showMark: false
                onClicked: screen.catalogue.openTopic(topic)
            }
        }
    }
}
